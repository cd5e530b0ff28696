http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/call' \
  Content-Type:text/plain \
  --raw='@it'\''s "q" \ \n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213\033\177')"'a
b'"$(printf '\015')"'
c'"$(printf '\011')"'d
'
