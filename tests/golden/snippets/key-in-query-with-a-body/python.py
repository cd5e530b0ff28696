import os

import requests

response = requests.put(
    "https://api.example.com/v1/call",
    params={"fixed": "1", "api key": os.environ["QUERY_KEY"]},
    json={"x": [1]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
