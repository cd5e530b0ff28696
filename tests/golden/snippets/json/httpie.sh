http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/call' \
  Content-Type:application/json \
  --raw='{
  "text": "it'\''s \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f",
  "lines": "a\nb\r\nc\td\n",
  "empty": "",
  "lone": "\ud800!",
  "nul": "\u0000",
  "none": null,
  "yes": true,
  "no": false,
  "ints": [0, -1, 9007199254740991],
  "floats": [1.5, -0.25, 1e+300, 1e-07, 0.1],
  "nested": {"__proto__": {"a": [{}, []]}, "a-b": 1, "": 2, "constructor": null},
  "text2": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "class": "keyword"
}'
