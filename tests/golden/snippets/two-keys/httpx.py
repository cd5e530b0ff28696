import os
from urllib.parse import quote

import httpx

response = httpx.request(
    "GET",
    "https://api.example.com/v1/call?api%20key=" + quote(os.environ["QUERY_KEY"], safe=""),
    headers=[
        ("Authorization", ("Bearer " + os.environ["TOKEN"]).encode()),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
