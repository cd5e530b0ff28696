import base64

import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/call",
    files=[
        ("text", (None, "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f")),
        ("photos", ("sample.png", base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), "image/png")),
        ("photos", ("sample.txt", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f", "text/plain")),
        ("one", ("sample.csv", "a,b\n1,2", "text/csv")),
    ],
    timeout=60,
)
response.raise_for_status()
print(response.json())
