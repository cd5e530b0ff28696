import requests

response = requests.post(
    "https://api.example.com/v1/call",
    data={"a": "[1, \"x\"]", "b": ["1", "x"]},
    timeout=60,
)
response.raise_for_status()
print(response.json())
