import httpx

with httpx.stream(
    "POST",
    "https://api.example.com/v1/call",
    headers=[
        ("Accept", "application/x-ndjson"),
    ],
    timeout=60,
) as response:
    if response.is_error:
        response.read()
    response.raise_for_status()
    for line in response.iter_lines():
        print(line)
