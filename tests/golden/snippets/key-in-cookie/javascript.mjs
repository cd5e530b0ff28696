const response = await fetch("https://api.example.com/v1/call", {
  method: "GET",
  headers: { Cookie: "session=" + process.env.COOKIE_KEY },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
