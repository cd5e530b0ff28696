const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: "text=a%2Cb%20c&list=x%2Cy,%C3%A9,z%20w&pairs=a,1,b,2%263&open=/a?b",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
