wget --quiet --tries=1 --content-on-error \
  --output-document=- \
  --method=DELETE \
  'https://api.example.com/v1/call'
