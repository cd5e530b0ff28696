import httpx

response = httpx.request(
    "GET",
    "https://api.example.com/v1/call",
    headers=[
        ("X-Text".encode(), "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b".encode()),
        ("X-Empty".encode(), "".encode()),
        ("X-List".encode(), "a b,$HOME".encode()),
        ("X-Object".encode(), "R=100,G=200,B=150".encode()),
        ("X-Json".encode(), "{\"a\": \"é\\\"\"}".encode()),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
