const response = await fetch("https://api.example.com/v1/call?fixed=1&api%20key=" + encodeURIComponent(process.env.QUERY_KEY), {
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ x: [1] }),
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
