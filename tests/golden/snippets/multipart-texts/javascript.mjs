const body = new FormData();
body.append("title", "é");
body.append("tags", "a");
body.append("tags", "b");
body.append("object", new Blob(["{\"a\": 1}"], { type: "application/json" }));
const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  body,
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
