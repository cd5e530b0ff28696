curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --data-raw 'a=%5B1%2C%20%22x%22%5D' \
  --data-raw 'b=1' \
  --data-raw 'b=x'
