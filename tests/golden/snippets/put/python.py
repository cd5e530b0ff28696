import requests

response = requests.put(
    "https://api.example.com/v1/call/7",
    json={"x": 1},
    timeout=60,
)
response.raise_for_status()
print(response.json())
