import os

import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={"q": "1", "api key": os.environ["QUERY_KEY"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
