http --check-status --ignore-stdin \
  DELETE 'https://api.example.com/v1/call'
