EVENT=$(wget --quiet --tries=1 --content-on-error --output-document=- \
  --method=POST \
  --header='Content-Type: application/json' \
  --body-data='{
  "data": [
    "x",
    null,
    {
      "a": "it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f"
    },
    3
  ]
}' \
  'https://api.example.com/v1/gradio_api/call/fetch') &&
EVENT_ID=$(printf %s "$EVENT" | sed 's/.*"event_id" *: *"\([^"]*\)".*/\1/') &&
wget --quiet --tries=1 --content-on-error --output-document=- 'https://api.example.com/v1/gradio_api/call/fetch'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
