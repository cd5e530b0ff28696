import os

import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={"api key": os.environ["QUERY_KEY"]},
    headers={"Authorization": "Bearer " + os.environ["TOKEN"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
