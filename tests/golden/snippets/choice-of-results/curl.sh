curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Accept: application/json'
