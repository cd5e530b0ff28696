import requests

response = requests.get(
    "https://api.example.com/v1/call",
    cookies={
        "text": "a%3Bb%20%22%C3%A9%22%20%24HOME",
        "R": "100",
        "G": "200",
        "B": "150",
        "pairs": "1,2",
        "raw": "a%20b",
    },
    timeout=60,
)
response.raise_for_status()
print(response.json())
