const query = new URLSearchParams({
  fixed: "1",
  text: "a\nb\r\nc\td\n",
  empty: "",
  yes: "true",
  n: "18446744073709551616",
  x: "1e-07",
  "a b&": "=+",
});
const response = await fetch("https://api.example.com/v1/call?" + query, {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
