curl --fail-with-body --silent --show-error \
  --request OPTIONS \
  'https://api.example.com/v1/call'
