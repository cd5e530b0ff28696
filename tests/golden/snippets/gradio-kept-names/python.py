from gradio_client import Client

client = Client("https://api.example.com/v1/")
result = client.predict(
    "x",
    {
        "a": "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f",
    },
    3,
    api_name="/fetch",
)
print(result)
