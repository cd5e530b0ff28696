curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call?n=1' \
  --get \
  --data-urlencode "api%20key=${QUERY_KEY}" \
  --header "X-Api-Key: ${KEY}" \
  --header "Cookie: session=${COOKIE_KEY}"
