http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/call' \
  Content-Type:text/plain \
  --raw='-'\''a'\'',
"b"'
