const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: {
    Authorization: "Basic " + Buffer.from(process.env.LOGIN_USER! + ":" + process.env.LOGIN_PASSWORD!).toString("base64"),
  },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
