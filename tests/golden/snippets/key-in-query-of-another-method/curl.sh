curl --fail-with-body --silent --show-error \
  --request DELETE \
  'https://api.example.com/v1/call' \
  --get \
  --data-urlencode "api%20key=${QUERY_KEY}"
