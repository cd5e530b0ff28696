curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --get \
  --data-urlencode 'kind=a b' \
  --data-urlencode 'action=list' \
  --data-urlencode 'n=1'
