import java.io.File
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import kotlin.system.exitProcess

fun main() {
    val request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
        .method("POST", BodyPublishers.noBody())
        .build()
    val response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray())
    if (response.statusCode() >= 400) {
        System.err.println(response.statusCode())
        exitProcess(1)
    }
    File("result.png").writeBytes(response.body())
}
