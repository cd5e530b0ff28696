import requests

response = requests.post(
    "https://api.example.com/v1/call",
    json={
        "text": "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f",
        "lines": "a\nb\r\nc\td\n",
        "empty": "",
        "lone": "\ud800!",
        "nul": "\x00",
        "none": None,
        "yes": True,
        "no": False,
        "ints": [0, -1, 9007199254740991],
        "floats": [1.5, -0.25, 1e+300, 1e-07, 0.1],
        "nested": {"__proto__": {"a": [{}, []]}, "a-b": 1, "": 2, "constructor": None},
        "text2": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "class": "keyword",
    },
    timeout=60,
)
response.raise_for_status()
print(response.json())
