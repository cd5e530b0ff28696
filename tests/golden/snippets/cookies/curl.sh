curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --header 'Cookie: text=a%3Bb%20%22%C3%A9%22%20%24HOME; R=100; G=200; B=150; pairs=1,2; raw=a%20b'
