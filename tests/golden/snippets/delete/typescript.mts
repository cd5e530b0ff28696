const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "DELETE",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(response.status);
