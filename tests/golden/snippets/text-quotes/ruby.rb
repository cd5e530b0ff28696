require "net/http"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
request["Content-Type"] = "text/plain"
request.body = '-\'a\',
"b"'
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
