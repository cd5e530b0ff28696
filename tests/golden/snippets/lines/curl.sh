curl --fail-with-body --silent --show-error --no-buffer \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Accept: application/x-ndjson'
