async function answer(url: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, options);
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return response;
}

const session = process.env.SESSION_HASH ?? crypto.randomUUID();
const uploaded: Record<string, string> = {};
const files: [string, File][] = [
  ["https://api.example.com/v1/gradio_api/upload", new File([Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0))], "sample.png", { type: "image/png" })],
  ["https://api.example.com/v1/gradio_api/upload", new File(["it's"], "sample.txt", { type: "text/plain" })],
];
for (const [url, file] of files) {
  const body = new FormData();
  body.append("files", file);
  const text = await (await answer(url, { method: "POST", body })).text();
  uploaded[file.name] = text.slice(2, -2); // of ["path"]
}
const url = "https://api.example.com/v1/gradio_api/call/join";
const started = await answer(url, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{\"data\": [{\"path\": \"" + uploaded["sample.png"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, [{\"path\": \"" + uploaded["sample.png"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}, {\"path\": \"" + uploaded["sample.txt"] + "\", \"meta\": {\"_type\": \"gradio.FileData\"}}]], \"session_hash\": \"" + session + "\"}",
});
await started.text();
const id = session;
const events = await answer(`${url}/${id}`);
let rest = "";
let last = "";
for await (const text of events.body!.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split(/\r?\n/);
  rest = lines.pop() ?? "";
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
