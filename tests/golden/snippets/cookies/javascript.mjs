const response = await fetch("https://api.example.com/v1/call", {
  method: "GET",
  headers: {
    Cookie: "text=a%3Bb%20%22%C3%A9%22%20%24HOME; R=100; G=200; B=150; pairs=1,2; raw=a%20b",
  },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
