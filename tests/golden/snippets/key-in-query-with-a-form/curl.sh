curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --url-query "api%20key=${QUERY_KEY}" \
  --data-raw 'a=b%20c'
