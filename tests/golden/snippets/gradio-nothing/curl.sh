EVENT=$(curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/gradio_api/call/ping' \
  --header 'Content-Type: application/json' \
  --data-raw '{"data": []}') &&
EVENT_ID=$(printf %s "$EVENT" | sed 's/.*"event_id" *: *"\([^"]*\)".*/\1/') &&
curl --fail-with-body --silent --show-error --no-buffer 'https://api.example.com/v1/gradio_api/call/ping'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
