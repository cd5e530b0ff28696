import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "application/json"},
    data="null",
    timeout=60,
)
response.raise_for_status()
print(response.json())
