import requests

response = requests.get(
    "https://api.example.com/v1/call",
    params={
        "fixed": "1",
        "text": "a\nb\r\nc\td\n",
        "empty": "",
        "yes": "true",
        "n": "18446744073709551616",
        "x": "1e-07",
        "a b&": "=+",
    },
    timeout=60,
)
response.raise_for_status()
print(response.json())
