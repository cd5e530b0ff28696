http --check-status --ignore-stdin --stream \
  POST 'https://api.example.com/v1/call' \
  Accept:text/event-stream
