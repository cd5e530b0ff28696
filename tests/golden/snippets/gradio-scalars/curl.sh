EVENT=$(curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/gradio_api/call/add' \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "data": [
    "it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f",
    null,
    null
  ]
}') &&
EVENT_ID=$(printf %s "$EVENT" | sed 's/.*"event_id" *: *"\([^"]*\)".*/\1/') &&
curl --fail-with-body --silent --show-error --no-buffer 'https://api.example.com/v1/gradio_api/call/add'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
