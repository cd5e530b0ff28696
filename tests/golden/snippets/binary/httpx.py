import base64

import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    headers=[
        ("Content-Type", "image/png"),
    ],
    content=base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
    timeout=60,
)
response.raise_for_status()
print(response.json())
