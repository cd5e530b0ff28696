import json

import httpx

client = httpx.Client(timeout=60)
url = "https://api.example.com/v1/gradio_api/call/add"
response = client.post(
    url,
    headers={"Content-Type": "application/json"},
    content="{\"data\": [\"it's \\\"q\\\" \\\\ \\\\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f\", null, null]}",
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
        elif field == "data" and event == "complete":
            print(json.loads(value))
if event != "complete":
    raise RuntimeError("the events ended before the call did")
