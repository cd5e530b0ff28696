import base64

import requests

response = requests.post(
    "https://api.example.com/v1/call",
    files=[  # a file of your own: open("photo.jpg", "rb")
        ("a b", (None, "text")),
        ("list", (None, "x")),
        ("list", (None, "y")),
        ("object", (None, "{\"a\": [1]}", "application/json")),
        ("photo", ("sample.png", base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), "image/png")),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
