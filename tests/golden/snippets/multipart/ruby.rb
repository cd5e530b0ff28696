require "net/http"
require "securerandom"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
boundary = SecureRandom.hex
request.content_type = "multipart/form-data; boundary=#{boundary}"
request.body = [
  "Content-Disposition: form-data; name=\"text\"\r\n\r\n" + "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} <b>&amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}",
  "Content-Disposition: form-data; name=\"photos\"; filename=\"sample.png\"\r\nContent-Type: image/png\r\n\r\n" + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==".unpack1("m"),
  "Content-Disposition: form-data; name=\"photos\"; filename=\"sample.txt\"\r\nContent-Type: text/plain\r\n\r\n" + "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {\# \#} <b>&amp;; | * ? \# + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}",
  "Content-Disposition: form-data; name=\"one\"; filename=\"sample.csv\"\r\nContent-Type: text/csv\r\n\r\n" + 'a,b
1,2',
].map { |part| "--#{boundary}\r\n".b + part.b + "\r\n" }.join + "--#{boundary}--\r\n"
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    puts response.body
  end
end
