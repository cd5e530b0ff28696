from pathlib import Path

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    timeout=60,
)
response.raise_for_status()
Path("result.png").write_bytes(response.content)
