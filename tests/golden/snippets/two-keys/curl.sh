curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --get \
  --data-urlencode "api%20key=${QUERY_KEY}" \
  --header "Authorization: Bearer ${TOKEN}"
