import requests

response = requests.post(
    "https://api.example.com/v1/call",
    json={"n": [18446744073709551616, -1000000000000000000000000000000], "z": -0.0},
    timeout=60,
)
response.raise_for_status()
print(response.json())
