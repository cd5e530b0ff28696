require "json"
require "net/http"
require "securerandom"

def answer(uri, request)
  http = Net::HTTP.new(uri.host, uri.port)
  http.use_ssl = uri.scheme == "https"
  http.read_timeout = nil
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") if response.code >= "400"
    yield response if block_given?
  end
end

session = ENV["SESSION_HASH"] || SecureRandom.hex(8)
uploaded = {}
[
  ["https://api.example.com/v1/gradio_api/upload", "sample.png", "image/png", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==".unpack1("m")],
  ["https://api.example.com/v1/gradio_api/upload", "sample.txt", "text/plain", "it's"],
].each do |url, filename, media_type, content|
  request = Net::HTTP::Post.new(URI(url))
  boundary = SecureRandom.hex
  request.content_type = "multipart/form-data; boundary=#{boundary}"
  disposition = "form-data; name=\"files\"; filename=\"#{filename.gsub(/["\\]/) { |mark| "\\#{mark}" }}\""
  head = "--#{boundary}\r\nContent-Disposition: #{disposition}\r\nContent-Type: #{media_type}\r\n\r\n"
  request.body = head.b + content.b + "\r\n--#{boundary}--\r\n"
  uploaded[filename] = answer(request.uri, request).body[2...-2].force_encoding("UTF-8") # of `["path"]`
end
uri = URI("https://api.example.com/v1/gradio_api/call/join")
request = Net::HTTP::Post.new(uri)
request.content_type = "application/json"
request.body = '{
  "data": [
    {"path": "' + uploaded["sample.png"] + '", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": "' + uploaded["sample.png"] + '", "meta": {"_type": "gradio.FileData"}},
      {"path": "' + uploaded["sample.txt"] + '", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": "' + session + '"
}'
answer(uri, request)
event_id = session
events = URI("#{uri}/#{event_id}")
event = ""
rest = +""
answer(events, Net::HTTP::Get.new(events)) do |response|
  response.read_body do |text|
    rest << text
    while (line = rest.slice!(/.*?\n/))
      field, value = line.chomp.force_encoding("UTF-8").split(": ", 2)
      event = value if field == "event"
      abort(value) if field == "data" && event == "error"
      puts value if field == "data" && event == "complete"
    end
  end
end
abort("the events ended before the call did") unless event == "complete"
