import os

import httpx

response = httpx.request(
    "GET",
    "https://api.example.com/v1/call",
    params={"api key": os.environ["QUERY_KEY"]},
    headers=[
        ("Authorization", ("Bearer " + os.environ["TOKEN"]).encode()),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
