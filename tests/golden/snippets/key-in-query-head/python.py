import os

import requests

response = requests.head(
    "https://api.example.com/v1/call",
    params={"api key": os.environ["QUERY_KEY"]},
    timeout=60,
)
response.raise_for_status()
print(response.status_code)
