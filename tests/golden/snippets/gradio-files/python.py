import base64
from pathlib import Path

from gradio_client import Client, handle_file

# A sample each; put a file of your own in its place.
if not Path("sample.png").exists():
    Path("sample.png").write_bytes(base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))
if not Path("sample.txt").exists():
    Path("sample.txt").write_bytes("it's".encode())

client = Client("https://api.example.com/v1/")
result = client.predict(
    first=handle_file("sample.png"),
    all=[handle_file("sample.png"), handle_file("sample.txt")],
    api_name="/join",
)
print(result)
