wget --quiet --tries=1 --content-on-error \
  --output-document=- \
  --method=POST \
  --header='Content-Type: text/plain' \
  --body-data='-'\''a'\'',
"b"' \
  'https://api.example.com/v1/call'
