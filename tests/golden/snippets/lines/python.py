import requests

with requests.post(
    "https://api.example.com/v1/call",
    headers={"Accept": "application/x-ndjson"},
    stream=True,
    timeout=60,
) as response:
    response.raise_for_status()
    for line in response.iter_lines():
        print(line.decode())
