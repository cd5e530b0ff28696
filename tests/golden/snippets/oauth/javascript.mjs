const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { Authorization: "Bearer " + process.env.OAUTH },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
