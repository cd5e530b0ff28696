// Written out, because FormData would send every part that has a type as a file.
const boundary = "part-8d3f51c2a7e94b06";
const part = (head: string, value: string | Blob) => [`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, value, "\r\n"];
const parts = [
  part("name=\"pet\"\r\nContent-Type: application/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\u007f</name>\n</pet>"),
  part("name=\"pets\"\r\nContent-Type: text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\u007f</name>\n</pet>"),
  part("name=\"pets\"\r\nContent-Type: text/xml", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f"),
  part("name=\"rows\"\r\nContent-Type: text/csv", "a,\"b\"\n1,\\"),
  `--${boundary}--\r\n`,
];
const body = new Blob(parts.flat(), { type: `multipart/form-data; boundary=${boundary}` });
const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  body,
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
