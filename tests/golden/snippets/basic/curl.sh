curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --user "${LOGIN_USER}:${LOGIN_PASSWORD}"
