curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --form-string 'title=é' \
  --form-string 'tags=a' \
  --form-string 'tags=b' \
  --form 'object="{\"a\": 1}";type=application/json'
