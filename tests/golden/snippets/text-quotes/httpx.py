import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    headers=[
        ("Content-Type", "text/plain"),
    ],
    content="-'a',\n\"b\"".encode(),
    timeout=60,
)
response.raise_for_status()
print(response.json())
