http --check-status --ignore-stdin --form \
  POST 'https://api.example.com/v1/call' \
  'text=it'\''s "q" \ \n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213\033\177')"'a
b'"$(printf '\015')"'
c'"$(printf '\011')"'d
' \
  'list=a b' \
  'list=' \
  'deep[a]=1' \
  'object={"b": "é"}' \
  'n=18446744073709551616' \
  'a b&=x'
