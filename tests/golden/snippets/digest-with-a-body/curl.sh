curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/json' \
  --digest --user "${CHALLENGED_USER}:${CHALLENGED_PASSWORD}" \
  --data-raw '{"x": "é"}'
