require "net/http"

uri = URI("https://api.example.com/v1/call")
uri.query = URI.encode_www_form({ "api key" => ENV.fetch("QUERY_KEY") })
request = Net::HTTP::Get.new(uri)
request["Authorization"] = "Bearer " + ENV.fetch("TOKEN")
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
