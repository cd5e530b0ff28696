require "json"
require "net/http"

def answer(uri, request)
  http = Net::HTTP.new(uri.host, uri.port)
  http.use_ssl = uri.scheme == "https"
  http.read_timeout = nil
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") if response.code >= "400"
    yield response if block_given?
  end
end

uri = URI("https://api.example.com/v1/gradio_api/call/count")
request = Net::HTTP::Post.new(uri)
request.content_type = "application/json"
request.body = '{"data": [3]}'
event_id = JSON.parse(answer(uri, request).body).fetch("event_id")
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
      puts value if field == "data" && event == "generating"
    end
  end
end
abort("the events ended before the call did") unless event == "complete"
