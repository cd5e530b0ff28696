import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={"kind": "a b", "action": "list", "n": "1"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
