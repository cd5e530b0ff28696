wget --quiet --tries=1 --content-on-error \
  --output-document=- \
  --method=POST \
  --user="${LOGIN_USER}" --password="${LOGIN_PASSWORD}" --auth-no-challenge \
  'https://api.example.com/v1/call'
