import axios from "axios";

const client = axios.create();
const url = "https://api.example.com/v1/gradio_api/call/add";
const started = await client.post(url, "{\"data\": [\"it's \\\"q\\\" \\\\ \\\\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f\", null, null]}", {
  headers: { "Content-Type": "application/json" },
});
const id = started.data.event_id;
const events = await client.get(`${url}/${id}`, { responseType: "stream" });
let rest = "";
let last = "";
for await (const chunk of events.data.setEncoding("utf8")) {
  const lines = (rest + chunk).split(/\r?\n/);
  rest = lines.pop();
  for (const line of lines) {
    if (line.startsWith("event: ")) {
      last = line.slice(7);
    } else if (line.startsWith("data: ") && last === "complete") {
      console.log(JSON.parse(line.slice(6)));
    } else if (line.startsWith("data: ") && last === "error") {
      throw new Error(line.slice(6));
    }
  }
}
if (last !== "complete") {
  throw new Error("the events ended before the call did");
}
