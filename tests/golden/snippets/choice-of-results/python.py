import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Accept": "application/json"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
