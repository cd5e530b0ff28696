require "net/http"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "application/json"
request.body = '{
  "text": "it\'s \\"q\\" \\\\ \\\\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f",
  "lines": "a\\nb\\r\\nc\\td\\n",
  "empty": "",
  "lone": "\\ud800!",
  "nul": "\\u0000",
  "none": null,
  "yes": true,
  "no": false,
  "ints": [0, -1, 9007199254740991],
  "floats": [1.5, -0.25, 1e+300, 1e-07, 0.1],
  "nested": {"__proto__": {"a": [{}, []]}, "a-b": 1, "": 2, "constructor": null},
  "text2": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "class": "keyword"
}'
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
