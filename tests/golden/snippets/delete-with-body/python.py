import requests

response = requests.delete(
    "https://api.example.com/v1/call",
    json={"ids": [1]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
