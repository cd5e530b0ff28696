// Written out, because FormData would send every part that has a type as a file.
const boundary = "part-8d3f51c2a7e94b06";
const part = (head, value) => [`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, value, "\r\n"];
const parts = [
  part("name=\"title\"", "é"),
  part("name=\"tags\"", "a"),
  part("name=\"tags\"", "b"),
  part("name=\"object\"\r\nContent-Type: application/json", "{\"a\": 1}"),
  `--${boundary}--\r\n`,
];
const body = new Blob(parts.flat(), { type: `multipart/form-data; boundary=${boundary}` });
const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  body,
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
