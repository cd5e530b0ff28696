http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/call'
