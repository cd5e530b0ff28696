const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { Accept: "text/event-stream" },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
let rest = "";
for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
  const events = (rest + text).split(/\r?\n\r?\n/);
  rest = events.pop() ?? "";
  for (const event of events) {
    const [, name] = event.match(/^event: (.*)$/m) ?? [];
    const [, data] = event.match(/^data: (.*)$/m) ?? [];
    if (name === "generating") {
      console.log(JSON.parse(data));
    } else if (name === "error") {
      throw new Error(data);
    }
  }
}
