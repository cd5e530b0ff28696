const response = await fetch("https://api.example.com/v1/call?kind=a%20b&action=list&n=1", {
  method: "GET",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
