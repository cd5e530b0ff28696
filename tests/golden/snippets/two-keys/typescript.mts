const response: Response = await fetch("https://api.example.com/v1/call?api%20key=" + encodeURIComponent(process.env.QUERY_KEY!), {
  method: "GET",
  headers: { Authorization: "Bearer " + process.env.TOKEN! },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
