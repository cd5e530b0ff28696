import os

import requests

response = requests.get(
    "https://api.example.com/v1/call",
    cookies={"session": os.environ["COOKIE_KEY"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
