const query = new URLSearchParams({ fixed: "1", "api key": process.env.QUERY_KEY });
const response = await fetch("https://api.example.com/v1/call?" + query, {
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ x: [1] }),
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
