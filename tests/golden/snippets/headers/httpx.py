import httpx

response = httpx.request(
    "GET",
    "https://api.example.com/v1/call",
    headers=[
        ("X-Text", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b".encode()),
        ("X-Empty", ""),
        ("X-List", "a b,$HOME"),
        ("X-Object", "R=100,G=200,B=150"),
        ("X-Json", "{\"a\": \"é\\\"\"}".encode()),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
