const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { Accept: "application/x-ndjson" },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
  console.log(text);
}
