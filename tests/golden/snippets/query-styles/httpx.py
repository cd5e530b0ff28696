import httpx

response = httpx.request(
    "GET",
    "https://api.example.com/v1/call?list=a%20b&list=it%27s%20%22q%22%20%5C%20%5Cn%20%24HOME%20%24%7BHOME%7D%20%60id%60%20%24%28id%29%20%2520%25s%20%21%21%20~%20%7B%7B%20x%20%7D%7D%20%7B%23%20%23%7D%20%3Cb%3E%26amp%3B%3B%20%7C%20%2A%20%3F%20%23%20%2B%20%3D%20%40f%20%C3%A9%20%E2%82%AC%20%F0%9F%98%80%20%E2%80%AE%E2%80%8B%1B%7F&short=a%2Cb,c&space=a%20b&pipe=a%7Cb&deep%5Bx%5D=1&deep%5By%5D%5Bz%5D=%C3%A9&deep%5By%5D%5Bz%5D=true&R=100&G=200&B=150&pairs=R,100,G,200,B,150&filter=%7B%22a%22%3A%20%5B1%2C%20%22%26%22%5D%7D",
    timeout=60,
)
response.raise_for_status()
print(response.json())
