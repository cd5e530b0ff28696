using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

class Program
{
    static int Main() => Run().GetAwaiter().GetResult();

    static async Task<int> Run()
    {
        var request = new HttpRequestMessage(new HttpMethod("POST"), "https://api.example.com/v1/call");
        request.Content = new StringContent(@"-'a',
""b""", new UTF8Encoding(false));
        request.Content.Headers.Remove("Content-Type");
        Header(request, "Content-Type", "text/plain");
        var response = await new HttpClient().SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            Console.Error.WriteLine((int)response.StatusCode + " " + await response.Content.ReadAsStringAsync());
            return 1;
        }
        Console.WriteLine(await response.Content.ReadAsStringAsync());
        return 0;
    }

    static void Header(HttpRequestMessage request, string name, string value)
    {
        if (name == "Content-Type") request.Content.Headers.TryAddWithoutValidation(name, value);
        else request.Headers.TryAddWithoutValidation(name, value);
    }
}
