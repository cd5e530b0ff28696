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
        var form = new MultipartFormDataContent();
        Add(form, "form-data; name=\"text\"", null, new ByteArrayContent(Encoding.UTF8.GetBytes("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f")));
        Add(form, "form-data; name=\"photos\"; filename=\"sample.png\"", "image/png", new ByteArrayContent(Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")));
        Add(form, "form-data; name=\"photos\"; filename=\"sample.txt\"", "text/plain", new ByteArrayContent(Encoding.UTF8.GetBytes("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f")));
        Add(form, "form-data; name=\"one\"; filename=\"sample.csv\"", "text/csv", new ByteArrayContent(Encoding.UTF8.GetBytes(@"a,b
1,2")));
        request.Content = form;
        var response = await new HttpClient().SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            Console.Error.WriteLine((int)response.StatusCode + " " + await response.Content.ReadAsStringAsync());
            return 1;
        }
        Console.WriteLine(await response.Content.ReadAsStringAsync());
        return 0;
    }

    static void Add(MultipartFormDataContent form, string disposition, string mediaType, HttpContent content)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        if (mediaType != null) content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        form.Add(content);
    }

    static void Header(HttpRequestMessage request, string name, string value)
    {
        if (name == "Content-Type") request.Content.Headers.TryAddWithoutValidation(name, value);
        else request.Headers.TryAddWithoutValidation(name, value);
    }
}
