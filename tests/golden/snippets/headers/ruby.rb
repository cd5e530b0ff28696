require "net/http"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Get.new(uri)
request["X-Text"] = "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} <b>&amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}"
request["X-Empty"] = ""
request["X-List"] = "a b,$HOME"
request["X-Object"] = "R=100,G=200,B=150"
request["X-Json"] = "{\"a\": \"é\\\"\"}"
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
