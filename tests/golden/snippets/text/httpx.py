import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    headers=[
        ("Content-Type", "text/plain"),
    ],
    content="@it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7fa\nb\r\nc\td\n".encode(),
    timeout=60,
)
response.raise_for_status()
print(response.json())
