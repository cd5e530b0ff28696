curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call?q=1' \
  --get \
  --data-urlencode "api%20key=${QUERY_KEY}"
