http --check-status --ignore-stdin --auth-type digest --auth "${CHALLENGED_USER}:${CHALLENGED_PASSWORD}" \
  POST 'https://api.example.com/v1/call' \
  Content-Type:application/json \
  --raw='{"x": "é"}'
