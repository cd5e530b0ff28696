[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: image/png' \
  --data-binary @sample.png
