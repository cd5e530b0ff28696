import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.UUID;
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

    static String upload(String url, String name, String type, byte[] content) throws Exception {
        var boundary = "----" + System.nanoTime();
        var quoted = name.replace("\\", "\\\\").replace("\"", "\\\"");
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + quoted
                + "\"\r\nContent-Type: " + type + "\r\n\r\n";
        var body = new ByteArrayOutputStream();
        body.write(head.getBytes(StandardCharsets.UTF_8));
        body.write(content);
        body.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var form = "multipart/form-data; boundary=" + boundary;
        var answer = post(url, form, BodyPublishers.ofByteArray(body.toByteArray()));
        return answer.substring(2, answer.length() - 2); // of ["path"]
    }

    public static void main(String[] args) throws Exception {
        var session = System.getenv("SESSION_HASH");
        if (session == null) session = UUID.randomUUID().toString();
        Object[][] files = {
            {"https://api.example.com/v1/gradio_api/upload", "sample.png", "image/png", Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")},
            {"https://api.example.com/v1/gradio_api/upload", "sample.txt", "text/plain", "it's".getBytes(StandardCharsets.UTF_8)},
        };
        var uploaded = new HashMap<String, String>();
        for (var file : files) {
            var path = upload((String) file[0], (String) file[1], (String) file[2], (byte[]) file[3]);
            uploaded.put((String) file[1], path);
        }
        var url = "https://api.example.com/v1/gradio_api/call/join";
        var body = "{\"data\": [{\"path\": \"" + uploaded.get("sample.png") + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, [{\"path\": \"" + uploaded.get("sample.png") + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, {\"path\": \"" + uploaded.get("sample.txt") + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}]], \"session_hash\": \"" + session + "\"}";
        post(url, "application/json", BodyPublishers.ofString(body));
        var id = session;
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
