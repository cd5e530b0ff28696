const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "text/plain" },
  body: new File([Uint8Array.from(atob("YQBi"), (c) => c.charCodeAt(0))], "body.bin", { type: "text/plain" }),
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
