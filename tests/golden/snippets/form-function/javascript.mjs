const body = new URLSearchParams();
body.append("a", "[1, \"x\"]");
body.append("b", "1");
body.append("b", "x");
const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  body,
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
