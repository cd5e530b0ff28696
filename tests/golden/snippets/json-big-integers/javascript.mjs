const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  // As text, because JavaScript's numbers would lose digits.
  body: "{\"n\": [18446744073709551616, -1000000000000000000000000000000], \"z\": -0.0}",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
