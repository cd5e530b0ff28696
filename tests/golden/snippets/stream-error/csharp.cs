using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

class Program
{
    static int Main() => Run().GetAwaiter().GetResult();

    static async Task<int> Run()
    {
        var request = new HttpRequestMessage(new HttpMethod("POST"), "https://api.example.com/v1/call");
        Header(request, "Accept", "text/event-stream");
        var response = await new HttpClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            Console.Error.WriteLine((int)response.StatusCode + " " + await response.Content.ReadAsStringAsync());
            return 1;
        }
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        string name = "";
        for (var line = reader.ReadLine(); line != null; line = reader.ReadLine())
        {
            var parts = line.Split(new[] { ": " }, 2, StringSplitOptions.None);
            if (parts[0] == "event")
            {
                name = parts[1];
            }
            else if (parts[0] == "data" && name == "generating")
            {
                Console.WriteLine(parts[1]);
            }
            else if (parts[0] == "data" && name == "error")
            {
                Console.Error.WriteLine(parts[1]);
                return 1;
            }
        }
        return 0;
    }

    static void Header(HttpRequestMessage request, string name, string value)
    {
        if (name == "Content-Type") request.Content.Headers.TryAddWithoutValidation(name, value);
        else request.Headers.TryAddWithoutValidation(name, value);
    }
}
