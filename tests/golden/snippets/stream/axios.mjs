import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  headers: { Accept: "text/event-stream" },
  responseType: "stream",
});
let rest = "";
for await (const chunk of response.data) {
  const events = (rest + chunk.toString()).split(/\r?\n\r?\n/);
  rest = events.pop();
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
