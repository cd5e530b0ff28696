curl --fail-with-body --silent --show-error \
  --request PATCH \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/merge-patch+json' \
  --data-raw '{"a": null}'
