import requests

response = requests.get(
    "https://api.example.com/v1/call",
    headers={"Cookie": "c=a; c=b"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
