curl --fail-with-body --silent --show-error \
  --request DELETE \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/json' \
  --data-raw '{"ids": [1]}'
