const response = await fetch("https://api.example.com/v1/call", {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
const text = await response.text();
console.log(text ? JSON.parse(text) : response.status);
