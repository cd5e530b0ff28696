import requests

response = requests.get(
    "https://api.example.com/v1/call?a%20b=x%26y&list=1&list=%C3%A9&object=%7B%22k%22%3A%201%7D",
    timeout=60,
)
response.raise_for_status()
print(response.json())
