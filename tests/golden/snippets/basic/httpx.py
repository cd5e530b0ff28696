import os

import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    auth=(os.environ["LOGIN_USER"].encode(), os.environ["LOGIN_PASSWORD"].encode()),
    timeout=60,
)
response.raise_for_status()
print(response.json())
