import requests

with requests.post(
    "https://api.example.com/v1/call",
    headers={"Accept": "text/event-stream"},
    stream=True,
    timeout=60,
) as response:
    response.raise_for_status()
    for line in response.iter_lines():
        print(line.decode())
