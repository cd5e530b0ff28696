const response = await fetch("https://api.example.com/v1/call?api%20key=" + encodeURIComponent(process.env.QUERY_KEY), {
  method: "DELETE",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
