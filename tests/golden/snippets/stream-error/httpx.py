import json

import httpx

with httpx.stream(
    "POST",
    "https://api.example.com/v1/call",
    headers=[
        ("Accept", "text/event-stream"),
    ],
    timeout=60,
) as response:
    if response.is_error:
        response.read()
    response.raise_for_status()
    event = ""
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            event = value
        elif field == "data" and event == "generating":
            print(json.loads(value))
        elif field == "data" and event == "error":
            raise RuntimeError(value)
