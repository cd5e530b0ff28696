curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call'
