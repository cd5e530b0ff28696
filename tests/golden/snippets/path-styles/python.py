import requests

response = requests.get(
    "https://api.example.com/v1/simple/x%2Fy,z%3F/R=100,G=200,B=150/label/.1,2.1.2/matrix;e=R,100,G,200,B,150;f=p;f=q;g",
    timeout=60,
)
response.raise_for_status()
print(response.json())
