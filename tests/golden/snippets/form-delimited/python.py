import requests

response = requests.post(
    "https://api.example.com/v1/call",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    data="text=a%2Cb%20c&list=x%2Cy,%C3%A9,z%20w&pairs=a,1,b,2%263&open=/a?b".encode(),
    timeout=60,
)
response.raise_for_status()
print(response.json())
