curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --get \
  --data-urlencode 'a%20b=x&y' \
  --data-urlencode 'list=1' \
  --data-urlencode 'list=é' \
  --data-urlencode 'object={"k": 1}'
