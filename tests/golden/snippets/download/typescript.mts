const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
const file = await response.blob();
console.log(file.type, file.size);
