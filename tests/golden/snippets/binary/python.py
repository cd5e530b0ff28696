import base64

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "image/png"},
    data=base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),  # a file of your own: open("photo.jpg", "rb")
    timeout=60,
)
response.raise_for_status()
print(response.json())
