import os

import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={"q": "a b&c"},
    auth=requests.auth.HTTPDigestAuth(os.environ["CHALLENGED_USER"], os.environ["CHALLENGED_PASSWORD"]),
    timeout=60,
)
response.raise_for_status()
print(response.json())
