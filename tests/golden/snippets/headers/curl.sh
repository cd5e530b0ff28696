curl --fail-with-body --silent --show-error \
  'https://api.example.com/v1/call' \
  --header 'X-Text: it'\''s "q" \ \n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213')" \
  --header 'X-Empty;' \
  --header 'X-List: a b,$HOME' \
  --header 'X-Object: R=100,G=200,B=150' \
  --header 'X-Json: {"a": "é\""}'
