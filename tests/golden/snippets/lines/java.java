import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

public class Snippet {
    public static void main(String[] args) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
            .method("POST", BodyPublishers.noBody())
            .header("Accept", "application/x-ndjson")
            .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
        if (response.statusCode() >= 400) {
            response.body().forEach(System.err::println);
            System.exit(1);
        }
        response.body().forEach(System.out::println);
    }
}
