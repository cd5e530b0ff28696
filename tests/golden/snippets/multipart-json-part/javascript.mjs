const body = new FormData();
body.append("meta", new Blob(["{\"a;b\": \"é \\\" \\\\ \\n\"}"], { type: "application/json" }));
const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  body,
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
