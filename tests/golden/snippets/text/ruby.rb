require "net/http"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "text/plain"
request.body = "@it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} <b>&amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}a\nb\r\nc\td\n"
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
