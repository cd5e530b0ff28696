curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call?a%20b=x%26y&list=1&list=%C3%A9&object=%7B%22k%22%3A%201%7D'
