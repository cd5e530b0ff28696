async function answer(url: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, options);
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return response;
}

const url = "https://api.example.com/v1/gradio_api/call/add";
const started = await answer(url, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{\"data\": [\"it's \\\"q\\\" \\\\ \\\\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f\", null, null]}",
});
const id: string = (await started.json()).event_id;
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
