[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
wget --quiet --tries=1 --content-on-error \
  --output-document=- \
  --method=POST \
  --header='Content-Type: image/png' \
  --body-file=sample.png \
  'https://api.example.com/v1/call'
