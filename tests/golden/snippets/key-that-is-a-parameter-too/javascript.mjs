const query = new URLSearchParams({ n: "1", "api key": process.env.QUERY_KEY });
const response = await fetch("https://api.example.com/v1/call?" + query, {
  method: "GET",
  headers: { "X-Api-Key": process.env.KEY, Cookie: "session=" + process.env.COOKIE_KEY },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
