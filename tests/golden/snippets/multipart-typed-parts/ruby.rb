require "net/http"
require "securerandom"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
boundary = SecureRandom.hex
request.content_type = "multipart/form-data; boundary=#{boundary}"
request.body = [
  "Content-Disposition: form-data; name=\"pet\"\r\nContent-Type: application/xml; charset=utf-8\r\n\r\n" + "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} &lt;b&gt;&amp;amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}�\u{7f}</name>\n</pet>",
  "Content-Disposition: form-data; name=\"pets\"\r\nContent-Type: text/xml\r\n\r\n" + "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} &lt;b&gt;&amp;amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}�\u{7f}</name>\n</pet>",
  "Content-Disposition: form-data; name=\"pets\"\r\nContent-Type: text/xml\r\n\r\n" + "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} <b>&amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}",
  "Content-Disposition: form-data; name=\"rows\"\r\nContent-Type: text/csv\r\n\r\n" + 'a,"b"
1,\\',
].map { |part| "--#{boundary}\r\n".b + part.b + "\r\n" }.join + "--#{boundary}--\r\n"
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
