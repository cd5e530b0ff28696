import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    files=[
        ("pet", (None, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\x7f</name>\n</pet>", "application/xml; charset=utf-8")),
        ("pets", (None, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\x7f</name>\n</pet>", "text/xml")),
        ("pets", (None, "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f", "text/xml")),
        ("rows", (None, "a,\"b\"\n1,\\", "text/csv")),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
