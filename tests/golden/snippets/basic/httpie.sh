http --check-status --ignore-stdin --auth "${LOGIN_USER}:${LOGIN_PASSWORD}" \
  POST 'https://api.example.com/v1/call'
