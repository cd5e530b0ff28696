import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import kotlin.system.exitProcess

fun main() {
    val form = mutableListOf<String>()
    form += "text=it%27s%20%22q%22%20%5C%20%5Cn%20%24HOME%20%24%7BHOME%7D%20%60id%60%20%24%28id%29%20%2520%25s%20%21%21%20~%20%7B%7B%20x%20%7D%7D%20%7B%23%20%23%7D%20%3Cb%3E%26amp%3B%3B%20%7C%20%2A%20%3F%20%23%20%2B%20%3D%20%40f%20%C3%A9%20%E2%82%AC%20%F0%9F%98%80%20%E2%80%AE%E2%80%8B%1B%7Fa%0Ab%0D%0Ac%09d%0A"
    form += "list=a%20b"
    form += "list="
    form += "deep%5Ba%5D=1"
    form += "object=%7B%22b%22%3A%20%22%C3%A9%22%7D"
    form += "n=18446744073709551616"
    form += "a%20b%26=x"
    val body = form.joinToString("&")
    val request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
        .method("POST", BodyPublishers.ofString(body))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .build()
    val response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString())
    if (response.statusCode() >= 400) {
        System.err.println("${response.statusCode()} ${response.body()}")
        exitProcess(1)
    }
    println(response.body())
}
