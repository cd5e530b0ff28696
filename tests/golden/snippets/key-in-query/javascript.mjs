const response = await fetch("https://api.example.com/v1/call?q=1&api%20key=" + encodeURIComponent(process.env.QUERY_KEY), {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
