const query = new URLSearchParams([
  ["a b", "x&y"],
  ["list", "1"],
  ["list", "é"],
  ["object", "{\"k\": 1}"],
]);
const response = await fetch("https://api.example.com/v1/call?" + query, {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
