curl --fail-with-body --silent --show-error \
  --request PUT \
  'https://api.example.com/v1/call/7' \
  --header 'Content-Type: application/json' \
  --data-raw '{"x": 1}'
