import requests

response = requests.post(
    "https://api.example.com/v1/call",
    files=[
        ("title", (None, "é")),
        ("tags", (None, "a")),
        ("tags", (None, "b")),
        ("object", (None, "{\"a\": 1}", "application/json")),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
