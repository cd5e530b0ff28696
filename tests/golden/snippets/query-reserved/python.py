import requests

response = requests.get(
    "https://api.example.com/v1/call?url=http://x/?a%3D1%26b%23%C3%A9%20%5B1%5D%2F",
    timeout=60,
)
response.raise_for_status()
print(response.json())
