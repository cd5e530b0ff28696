import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

public class Snippet {
    public static void main(String[] args) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
            .method("POST", BodyPublishers.noBody())
            .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            System.err.println(response.statusCode());
            System.exit(1);
        }
        Files.write(Path.of("result.png"), response.body());
    }
}
