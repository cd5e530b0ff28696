import requests

response = requests.get(
    "https://api.example.com/v1/call",
    timeout=60,
)
response.raise_for_status()
print(response.json() if response.content else response.status_code)
