import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "application/xml"},
    data="<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\x7f</name>\n</pet>".encode(),
    timeout=60,
)
response.raise_for_status()
print(response.json())
