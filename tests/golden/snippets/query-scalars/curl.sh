curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call?fixed=1&text=a%0Ab%0D%0Ac%09d%0A&empty=&yes=true&n=18446744073709551616&x=1e-07&a%20b%26=%3D%2B'
