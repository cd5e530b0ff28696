import json

import httpx

client = httpx.Client(timeout=60)
url = "https://api.example.com/v1/gradio_api/call/count"
response = client.post(
    url,
    headers={"Content-Type": "application/json"},
    content="""{"data": [3]}""",
)
response.raise_for_status()
event_id = response.json()["event_id"]
event = ""
with client.stream("GET", f"{url}/{event_id}", timeout=None) as response:
    response.raise_for_status()
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            event = value
        elif field == "data" and event == "error":
            raise RuntimeError(value)
        elif field == "data" and event == "generating":
            print(json.loads(value))
if event != "complete":
    raise RuntimeError("the events ended before the call did")
