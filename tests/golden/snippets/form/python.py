import requests

response = requests.post(
    "https://api.example.com/v1/call",
    data={
        "text": "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7fa\nb\r\nc\td\n",
        "list": ["a b", ""],
        "deep[a]": "1",
        "object": "{\"b\": \"é\"}",
        "n": "18446744073709551616",
        "a b&": "x",
    },
    timeout=60,
)
response.raise_for_status()
print(response.json())
