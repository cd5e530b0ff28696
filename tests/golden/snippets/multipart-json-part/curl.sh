curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --form 'meta="{\"a;b\": \"é \\\" \\\\ \\n\"}";type=application/json'
