const query = new URLSearchParams({ kind: "a b", action: "list", n: "1" });
const response = await fetch("https://api.example.com/v1/call?" + query, {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
