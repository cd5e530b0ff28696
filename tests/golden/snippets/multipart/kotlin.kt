import java.io.ByteArrayOutputStream
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.util.Base64
import kotlin.system.exitProcess

fun main() {
    val boundary = "----" + System.nanoTime()
    val body = ByteArrayOutputStream()
    fun part(head: String, content: ByteArray) {
        body.write("--$boundary\r\n$head\r\n\r\n".toByteArray())
        body.write(content)
        body.write("\r\n".toByteArray())
    }
    part("Content-Disposition: form-data; name=\"text\"", "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f".toByteArray())
    part("Content-Disposition: form-data; name=\"photos\"; filename=\"sample.png\"\r\nContent-Type: image/png", Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))
    part("Content-Disposition: form-data; name=\"photos\"; filename=\"sample.txt\"\r\nContent-Type: text/plain", "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f".toByteArray())
    part("Content-Disposition: form-data; name=\"one\"; filename=\"sample.csv\"\r\nContent-Type: text/csv", """a,b
1,2""".toByteArray())
body.write("--$boundary--\r\n".toByteArray())
    val request = HttpRequest.newBuilder(URI.create("https://api.example.com/v1/call"))
        .method("POST", BodyPublishers.ofByteArray(body.toByteArray()))
        .header("Content-Type", "multipart/form-data; boundary=$boundary")
        .build()
    val response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString())
    if (response.statusCode() >= 400) {
        System.err.println("${response.statusCode()} ${response.body()}")
        exitProcess(1)
    }
    println(response.body())
}
