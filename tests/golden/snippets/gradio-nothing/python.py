from gradio_client import Client

client = Client("https://api.example.com/v1/")
result = client.predict(
    api_name="/ping",
)
print(result)
