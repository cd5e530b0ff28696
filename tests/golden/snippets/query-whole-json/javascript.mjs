const response = await fetch("https://api.example.com/v1/call?%7B%22a%22%3A%20%22x%26y%22%7D", {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
