curl --fail-with-body --silent --show-error \
  --request DELETE \
  'https://api.example.com/v1/call'
