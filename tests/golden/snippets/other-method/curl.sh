curl --fail-with-body --silent --show-error \
  --request QUERY \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/json' \
  --data-raw '{"q": "x"}'
