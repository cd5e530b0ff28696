import httpx

response = httpx.request(
    "DELETE",
    "https://api.example.com/v1/call",
    timeout=60,
)
response.raise_for_status()
print(response.status_code)
