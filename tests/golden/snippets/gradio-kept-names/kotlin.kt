import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublisher
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.util.stream.Collectors
import java.util.stream.Stream
import kotlin.system.exitProcess

val client: HttpClient = HttpClient.newHttpClient()

fun fail(message: String): Nothing {
    System.err.println(message)
    exitProcess(1)
}

fun lines(request: HttpRequest.Builder): Stream<String> {
    val response = client.send(request.build(), BodyHandlers.ofLines())
    if (response.statusCode() >= 400) {
        fail("${response.statusCode()} ${response.body().collect(Collectors.joining("\n"))}")
    }
    return response.body()
}

fun post(url: String, type: String, body: BodyPublisher): String {
    val request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", type).POST(body)
    return lines(request).collect(Collectors.joining("\n"))
}

fun main() {
    val url = "https://api.example.com/v1/gradio_api/call/fetch"
    val body = "{\"data\": [\"x\", null, {\"a\": \"it's \\\"q\\\" \\\\ \\\\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f\"}, 3]}"
    val answer = post(url, "application/json", BodyPublishers.ofString(body))
    val id = Regex("\"event_id\"\\s*:\\s*\"([^\"]+)\"").find(answer)?.groupValues?.get(1) ?: fail(answer)
    var event = ""
    lines(HttpRequest.newBuilder(URI.create("$url/$id"))).forEach { line ->
        val field = line.substringBefore(": ")
        val value = line.substringAfter(": ", "")
        if (field == "event") {
            event = value
        } else if (field == "data" && event == "complete") {
            println(value)
        } else if (field == "data" && event == "error") {
            fail(value)
        }
    }
    if (event != "complete") fail("the events ended before the call did")
}
