import requests

response = requests.get(
    "https://api.example.com/v1/call?%7B%22a%22%3A%20%22x%26y%22%7D",
    timeout=60,
)
response.raise_for_status()
print(response.json())
