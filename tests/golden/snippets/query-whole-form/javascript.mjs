const response = await fetch("https://api.example.com/v1/call?a%20b=x%26y&list=1&list=%C3%A9&object=%7B%22k%22%3A%201%7D", {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
