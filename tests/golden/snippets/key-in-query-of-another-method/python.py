import os

import requests

response = requests.delete(
    "https://api.example.com/v1/call",
    params={"api key": os.environ["QUERY_KEY"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
