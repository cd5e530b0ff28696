const query = new URLSearchParams({ "api key": process.env.QUERY_KEY });
const response = await fetch("https://api.example.com/v1/call?" + query, {
  method: "DELETE",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
