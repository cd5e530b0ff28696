wget --quiet --tries=1 --content-on-error \
  --output-document=- \
  --method=POST \
  --header='Accept: text/event-stream' \
  'https://api.example.com/v1/call'
