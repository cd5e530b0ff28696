import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public class Snippet {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Stream<String> lines(HttpRequest.Builder request) throws Exception {
        HttpResponse<Stream<String>> response = CLIENT.send(request.build(), BodyHandlers.ofLines());
        if (response.statusCode() >= 400) {
            System.err.println(response.statusCode() + " " + response.body().collect(Collectors.joining("\n")));
            System.exit(1);
        }
        return response.body();
    }

    static String post(String url, String type, BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", type).POST(body);
        return lines(request).collect(Collectors.joining("\n"));
    }

    public static void main(String[] args) throws Exception {
        var url = "https://api.example.com/v1/gradio_api/call/ping";
        var body = """
{"data": []}""";
        var answer = post(url, "application/json", BodyPublishers.ofString(body));
        var found = Pattern.compile("\"event_id\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        if (!found.find()) throw new IllegalStateException(answer);
        var id = found.group(1);
        var event = "";
        var events = lines(HttpRequest.newBuilder(URI.create(url + "/" + id)));
        for (String line : (Iterable<String>) events::iterator) {
            var parts = line.split(": ", 2);
            if (parts[0].equals("event")) {
                event = parts[1];
            } else if (parts[0].equals("data") && event.equals("error")) {
                System.err.println(parts[1]);
                System.exit(1);
            } else if (parts[0].equals("data") && event.equals("complete")) {
                System.out.println(parts[1]);
            }
        }
        if (!event.equals("complete")) {
            System.err.println("the events ended before the call did");
            System.exit(1);
        }
    }
}
