EVENT=$(http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/gradio_api/call/fetch' \
  Content-Type:application/json \
  --raw='{
  "data": [
    "x",
    null,
    {
      "a": "it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f"
    },
    3
  ]
}') &&
EVENT_ID=$(printf %s "$EVENT" | sed 's/.*"event_id" *: *"\([^"]*\)".*/\1/') &&
http --check-status --ignore-stdin --stream GET 'https://api.example.com/v1/gradio_api/call/fetch'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
