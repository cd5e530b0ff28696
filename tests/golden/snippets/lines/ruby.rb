require "net/http"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
request["Accept"] = "application/x-ndjson"
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    response.read_body { |text| print text }
  end
end
