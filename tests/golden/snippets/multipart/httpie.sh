[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
[ -e sample.txt ] || printf %s 'it'\''s "q" \ \n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213\033\177')" > sample.txt
[ -e sample.csv ] || printf %s 'a,b
1,2' > sample.csv
http --check-status --ignore-stdin --multipart \
  POST 'https://api.example.com/v1/call' \
  'text=it'\''s "q" \ \n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 '"$(printf '\342\200\256\342\200\213\033\177')" \
  'photos@sample.png;type=image/png' \
  'photos@sample.txt;type=text/plain' \
  'one@sample.csv;type=text/csv'
