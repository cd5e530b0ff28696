http --check-status --ignore-stdin \
  GET 'https://api.example.com/v1/call' \
  "api key==${QUERY_KEY}" \
  "Authorization:Bearer ${TOKEN}"
