import base64
import json
import os
import secrets

import httpx

client = httpx.Client(timeout=60)
session = os.environ.get("SESSION_HASH") or secrets.token_hex(8)
uploaded = {}
for url, filename, content, media_type in [
    ("https://api.example.com/v1/gradio_api/upload", "sample.png", base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), "image/png"),
    ("https://api.example.com/v1/gradio_api/upload", "sample.txt", "it's".encode(), "text/plain"),
]:
    response = client.post(url, files={"files": (filename, content, media_type)})
    response.raise_for_status()
    uploaded[filename] = response.text[2:-2]  # of `["path"]`
url = "https://api.example.com/v1/gradio_api/call/join"
response = client.post(
    url,
    headers={"Content-Type": "application/json"},
    content="{\"data\": [{\"path\": \"" + uploaded["sample.png"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, [{\"path\": \"" + uploaded["sample.png"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, {\"path\": \"" + uploaded["sample.txt"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}]], \"session_hash\": \"" + session + "\"}",
)
response.raise_for_status()
event_id = session
event = ""
with client.stream("GET", f"{url}/{event_id}", timeout=None) as response:
    response.raise_for_status()
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            event = value
        elif field == "data" and event == "error":
            raise RuntimeError(value)
        elif field == "data" and event == "complete":
            print(json.loads(value))
if event != "complete":
    raise RuntimeError("the events ended before the call did")
