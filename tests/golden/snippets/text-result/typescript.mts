const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.text());
