curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --data-raw 'text=a%2Cb%20c&list=x%2Cy,%C3%A9,z%20w&pairs=a,1,b,2%263&open=/a?b'
