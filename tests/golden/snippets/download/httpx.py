from pathlib import Path

import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    timeout=60,
)
response.raise_for_status()
Path("result.png").write_bytes(response.content)
