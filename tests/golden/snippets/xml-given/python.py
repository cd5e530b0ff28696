import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "application/soap+xml; charset=utf-8"},
    data="it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f".encode(),
    timeout=60,
)
response.raise_for_status()
print(response.json())
