using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

class Program
{
    static readonly HttpClient Client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };

    static int Main() => Run().GetAwaiter().GetResult();

    static async Task<HttpResponseMessage> Send(HttpMethod method, string url, HttpContent content = null)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if ((int)response.StatusCode >= 400)
        {
            Console.Error.WriteLine((int)response.StatusCode + " " + await response.Content.ReadAsStringAsync());
            Environment.Exit(1);
        }
        return response;
    }

    static async Task<int> Run()
    {
        var url = "https://api.example.com/v1/gradio_api/call/fetch";
        var body = @"{
  ""data"": [
    ""x"",
    null,
    {
      ""a"": ""it's \""q\"" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f""
    },
    3
  ]
}";
        var started = await Send(HttpMethod.Post, url, new StringContent(body, Encoding.UTF8, "application/json"));
        var answer = await started.Content.ReadAsStringAsync();
        var id = Regex.Match(answer, "\"event_id\"\\s*:\\s*\"([^\"]+)\"").Groups[1].Value;
        var events = await Send(HttpMethod.Get, url + "/" + id);
        var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        var name = "";
        for (var line = await reader.ReadLineAsync(); line != null; line = await reader.ReadLineAsync())
        {
            var parts = line.Split(new[] { ": " }, 2, StringSplitOptions.None);
            if (parts[0] == "event")
            {
                name = parts[1];
            }
            else if (parts[0] == "data" && name == "complete")
            {
                Console.WriteLine(parts[1]);
            }
            else if (parts[0] == "data" && name == "error")
            {
                Console.Error.WriteLine(parts[1]);
                return 1;
            }
        }
        if (name != "complete")
        {
            Console.Error.WriteLine("the events ended before the call did");
            return 1;
        }
        return 0;
    }
}
