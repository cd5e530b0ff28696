import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import kotlin.system.exitProcess

fun main() {
    val body = "-'a',\n\"b\""
    val request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
        .method("POST", BodyPublishers.ofString(body))
        .header("Content-Type", "text/plain")
        .build()
    val response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString())
    if (response.statusCode() >= 400) {
        System.err.println("${response.statusCode()} ${response.body()}")
        exitProcess(1)
    }
    println(response.body())
}
