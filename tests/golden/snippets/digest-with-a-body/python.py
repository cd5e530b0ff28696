import os

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    auth=requests.auth.HTTPDigestAuth(os.environ["CHALLENGED_USER"], os.environ["CHALLENGED_PASSWORD"]),
    json={"x": "é"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
