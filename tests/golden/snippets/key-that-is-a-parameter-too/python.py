import os

import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={"n": "1", "api key": os.environ["QUERY_KEY"]},
    headers={"X-Api-Key": os.environ["KEY"]},
    cookies={"session": os.environ["COOKIE_KEY"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
