require "net/http"

uri = URI("https://api.example.com/v1/call")
request = Net::HTTP::Post.new(uri)
request["Accept"] = "text/event-stream"
Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|
  http.request(request) do |response|
    abort("#{response.code} #{response.body}") unless response.is_a?(Net::HTTPSuccess)
    event = ""
    rest = +""
    response.read_body do |text|
      rest << text
      while (line = rest.slice!(/.*?\n/))
        field, value = line.chomp.force_encoding("UTF-8").split(": ", 2)
        event = value if field == "event"
        puts value if field == "data" && event == "generating"
        abort(value) if field == "data" && event == "error"
      end
    end
  end
end
