import requests

response = requests.request(
    "QUERY",
    "https://api.example.com/v1/call",
    json={"q": "x"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
