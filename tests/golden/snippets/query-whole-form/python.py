import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={"a b": "x&y", "list": ["1", "é"], "object": "{\"k\": 1}"},
    timeout=60,
)
response.raise_for_status()
print(response.json())
