import json

import requests

with requests.post(
    "https://api.example.com/v1/call",
    headers={"Accept": "text/event-stream"},
    stream=True,
    timeout=60,
) as response:
    response.raise_for_status()
    event = ""
    for line in response.iter_lines():
        field, _, value = line.decode().partition(": ")
        if field == "event":
            event = value
        elif field == "data" and event == "generating":
            print(json.loads(value))
        elif field == "data" and event == "error":
            raise RuntimeError(value)
