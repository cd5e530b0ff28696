import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public class Snippet {
    public static void main(String[] args) throws Exception {
        var boundary = "----" + System.nanoTime();
        var body = new ByteArrayOutputStream();
        Object[] parts = {
            "Content-Disposition: form-data; name=\"text\"", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f".getBytes(StandardCharsets.UTF_8),
            "Content-Disposition: form-data; name=\"photos\"; filename=\"sample.png\"\r\nContent-Type: image/png", Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
            "Content-Disposition: form-data; name=\"photos\"; filename=\"sample.txt\"\r\nContent-Type: text/plain", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f".getBytes(StandardCharsets.UTF_8),
            "Content-Disposition: form-data; name=\"one\"; filename=\"sample.csv\"\r\nContent-Type: text/csv", """
a,b
1,2""".getBytes(StandardCharsets.UTF_8),
        };
        for (int i = 0; i < parts.length; i += 2) {
            body.write(("--" + boundary + "\r\n" + parts[i] + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            body.write((byte[]) parts[i + 1]);
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
            .method("POST", BodyPublishers.ofByteArray(body.toByteArray()))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            System.err.println(response.statusCode() + " " + response.body());
            System.exit(1);
        }
        System.out.println(response.body());
    }
}
