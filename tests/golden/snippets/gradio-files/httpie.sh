SESSION_HASH=${SESSION_HASH:-session-$$}
[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
[ -e sample.txt ] || printf %s 'it'\''s' > sample.txt
SAMPLE_PNG=$(http --check-status --ignore-stdin --multipart \
  POST 'https://api.example.com/v1/gradio_api/upload' 'files@sample.png;type=image/png') &&
SAMPLE_PNG=${SAMPLE_PNG#*\"} && SAMPLE_PNG=${SAMPLE_PNG%%\"*} &&
SAMPLE_TXT=$(http --check-status --ignore-stdin --multipart \
  POST 'https://api.example.com/v1/gradio_api/upload' 'files@sample.txt;type=text/plain') &&
SAMPLE_TXT=${SAMPLE_TXT#*\"} && SAMPLE_TXT=${SAMPLE_TXT%%\"*} &&
EVENT=$(http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/gradio_api/call/join' \
  Content-Type:application/json \
  --raw='{
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
http --check-status --ignore-stdin --stream GET 'https://api.example.com/v1/gradio_api/call/join'/"$EVENT_ID" | (
  STATUS=1
  while IFS= read -r LINE; do
    printf '%s\n' "$LINE"
    case $LINE in "event: complete"*) STATUS=0 ;; esac
  done
  exit $STATUS
)
