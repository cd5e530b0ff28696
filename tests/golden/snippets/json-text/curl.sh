curl --fail-with-body --silent --show-error \
  --request POST \
  'https://api.example.com/v1/call' \
  --header 'Content-Type: application/json' \
  --data-raw '"it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f"'
