import os

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Authorization": "Bearer " + os.environ["OAUTH"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
