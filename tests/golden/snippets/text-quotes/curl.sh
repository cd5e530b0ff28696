curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: text/plain' \
  --data-raw '-'\''a'\'',
"b"'
