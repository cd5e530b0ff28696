curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --form 'pet="<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<pet id=\"7\">
  <name>it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213')"'�'"$(printf '\177')"'</name>
</pet>";type=application/xml; charset=utf-8' \
  --form 'pets="<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<pet id=\"7\">
  <name>it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213')"'�'"$(printf '\177')"'</name>
</pet>";type=text/xml' \
  --form 'pets="it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213\033\177')"'";type=text/xml' \
  --form 'rows="a,\"b\"
1,\\";type=text/csv'
