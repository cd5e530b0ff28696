const response = await fetch("https://api.example.com/v1/call?url=http://x/?a%3D1%26b%23%C3%A9%20%5B1%5D%2F", {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
