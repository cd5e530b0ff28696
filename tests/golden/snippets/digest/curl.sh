curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --get \
  --data-urlencode 'q=a b&c' \
  --digest --user "${CHALLENGED_USER}:${CHALLENGED_PASSWORD}"
