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
        request.Content = new StringContent(@"{
  ""text"": ""it's \""q\"" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f"",
  ""lines"": ""a\nb\r\nc\td\n"",
  ""empty"": """",
  ""lone"": ""\ud800!"",
  ""nul"": ""\u0000"",
  ""none"": null,
  ""yes"": true,
  ""no"": false,
  ""ints"": [0, -1, 9007199254740991],
  ""floats"": [1.5, -0.25, 1e+300, 1e-07, 0.1],
  ""nested"": {""__proto__"": {""a"": [{}, []]}, ""a-b"": 1, """": 2, ""constructor"": null},
  ""text2"": ""xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"",
  ""class"": ""keyword""
}", new UTF8Encoding(false));
        request.Content.Headers.Remove("Content-Type");
        Header(request, "Content-Type", "application/json");
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
