const response = await fetch("https://api.example.com/v1/call", {
  method: "GET",
  headers: { "X-Api-Key": process.env.KEY },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
