curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/json' \
  --data-raw '{"n": [18446744073709551616, -1000000000000000000000000000000], "z": -0.0}'
