curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --get \
  --data-urlencode 'fixed=1' \
  --data-urlencode 'text=a
b'"$(printf '\015')"'
c'"$(printf '\011')"'d
' \
  --data-urlencode 'empty=' \
  --data-urlencode 'yes=true' \
  --data-urlencode 'n=18446744073709551616' \
  --data-urlencode 'x=1e-07' \
  --data-urlencode 'a%20b%26==+'
