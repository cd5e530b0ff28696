from gradio_client import Client

client = Client("https://api.example.com/v1/")
job = client.submit(
    n=3,
    api_name="/count",
)
for value in job:
    print(value)
job.result()  # raises if the call failed
