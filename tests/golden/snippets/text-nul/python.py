import base64

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "text/plain"},
    data=base64.b64decode("YQBi"),  # a file of your own: open("photo.jpg", "rb")
    timeout=60,
)
response.raise_for_status()
print(response.json())
