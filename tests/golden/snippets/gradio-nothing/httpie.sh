EVENT=$(http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/gradio_api/call/ping' \
  Content-Type:application/json \
  --raw='{"data": []}') &&
EVENT_ID=$(printf %s "$EVENT" | sed 's/.*"event_id" *: *"\([^"]*\)".*/\1/') &&
http --check-status --ignore-stdin --stream GET 'https://api.example.com/v1/gradio_api/call/ping'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
