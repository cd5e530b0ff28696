import { randomUUID } from "node:crypto";

import axios from "axios";

const client = axios.create();
const session = process.env.SESSION_HASH ?? randomUUID();
const uploaded = {};
for (const [url, file] of [
  ["https://api.example.com/v1/gradio_api/upload", new File([Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0))], "sample.png", { type: "image/png" })],
  ["https://api.example.com/v1/gradio_api/upload", new File(["it's"], "sample.txt", { type: "text/plain" })],
]) {
  const body = new FormData();
  body.append("files", file);
  const [path] = (await client.post(url, body)).data;
  uploaded[file.name] = JSON.stringify(path).slice(1, -1);
}
const url = "https://api.example.com/v1/gradio_api/call/join";
const started = await client.post(url, "{\"data\": [{\"path\": \"" + uploaded["sample.png"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, [{\"path\": \"" + uploaded["sample.png"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, {\"path\": \"" + uploaded["sample.txt"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}]], \"session_hash\": \"" + session + "\"}", {
  headers: { "Content-Type": "application/json" },
});
const id = session;
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
