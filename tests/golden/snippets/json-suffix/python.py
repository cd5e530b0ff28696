import requests

response = requests.patch(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "application/merge-patch+json"},
    json={"a": None},
    timeout=60,
)
response.raise_for_status()
print(response.json())
