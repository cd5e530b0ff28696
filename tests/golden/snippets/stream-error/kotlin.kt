import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import kotlin.system.exitProcess

fun main() {
    val request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
        .method("POST", BodyPublishers.noBody())
        .header("Accept", "text/event-stream")
        .build()
    val response = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines())
    if (response.statusCode() >= 400) {
        response.body().forEach { System.err.println(it) }
        exitProcess(1)
    }
    var event = ""
    response.body().forEach { line ->
        val field = line.substringBefore(": ")
        val value = line.substringAfter(": ", "")
        if (field == "event") {
            event = value
        } else if (field == "data" && event == "generating") {
            println(value)
        } else if (field == "data" && event == "error") {
            System.err.println(value)
            exitProcess(1)
        }
    }
}
