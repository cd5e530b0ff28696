[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --form-string 'a b=text' \
  --form-string 'list=x' \
  --form-string 'list=y' \
  --form 'object="{\"a\": [1]}";type=application/json' \
  --form 'photo=@sample.png;type=image/png'
