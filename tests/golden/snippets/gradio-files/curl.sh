SESSION_HASH=${SESSION_HASH:-session-$$}
[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
[ -e sample.txt ] || printf %s 'it'\''s' > sample.txt
SAMPLE_PNG=$(curl --fail-with-body --silent --show-error 'https://api.example.com/v1/gradio_api/upload' \
  --form 'files=@sample.png;type=image/png') &&
SAMPLE_PNG=${SAMPLE_PNG#*\"} && SAMPLE_PNG=${SAMPLE_PNG%%\"*} &&
SAMPLE_TXT=$(curl --fail-with-body --silent --show-error 'https://api.example.com/v1/gradio_api/upload' \
  --form 'files=@sample.txt;type=text/plain') &&
SAMPLE_TXT=${SAMPLE_TXT#*\"} && SAMPLE_TXT=${SAMPLE_TXT%%\"*} &&
EVENT=$(curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/gradio_api/call/join' \
  --header 'Content-Type: application/json' \
  --data-raw '{
  "data": [
    {"path": "'"$SAMPLE_PNG"'", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": "'"$SAMPLE_PNG"'", "meta": {"_type": "gradio.FileData"}},
      {"path": "'"$SAMPLE_TXT"'", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": "'"$SESSION_HASH"'"
}') &&
EVENT_ID=$SESSION_HASH &&
curl --fail-with-body --silent --show-error --no-buffer 'https://api.example.com/v1/gradio_api/call/join'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
