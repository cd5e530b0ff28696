import os

import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    headers=[
        ("Content-Type", "application/json"),
    ],
    auth=httpx.DigestAuth(os.environ["CHALLENGED_USER"], os.environ["CHALLENGED_PASSWORD"]),
    content="""{"x": "é"}""",
    timeout=60,
)
response.raise_for_status()
print(response.json())
