import os

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    params={"api key": os.environ["QUERY_KEY"]},
    data={"a": "b c"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
