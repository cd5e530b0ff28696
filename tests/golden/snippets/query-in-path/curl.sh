curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call?kind=a%20b&action=list&n=1'
