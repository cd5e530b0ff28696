curl --fail-with-body --silent --show-error \
  --head \
  'https://api.example.com/v1/call'
