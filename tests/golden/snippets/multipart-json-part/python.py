import requests

response = requests.post(
    "https://api.example.com/v1/call",
    files=[
        ("meta", (None, "{\"a;b\": \"é \\\" \\\\ \\n\"}", "application/json")),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
