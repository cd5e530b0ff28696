const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "text/plain" },
  body: "-'a',\n\"b\"",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
