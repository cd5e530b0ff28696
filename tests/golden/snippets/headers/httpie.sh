http --check-status --ignore-stdin \
  GET 'https://api.example.com/v1/call' \
  'X-Text:it'\''s "q" \ \n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213')" \
  'X-Empty;' \
  'X-List:a b,$HOME' \
  'X-Object:R=100,G=200,B=150' \
  'X-Json:{"a": "é\""}'
