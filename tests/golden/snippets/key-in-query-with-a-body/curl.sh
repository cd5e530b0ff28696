curl --fail-with-body --silent --show-error \
  --request PUT \
  'https://api.example.com/v1/call?fixed=1' \
  --url-query "api%20key=${QUERY_KEY}" \
  --header 'Content-Type: application/json' \
  --data-raw '{"x": [1]}'
