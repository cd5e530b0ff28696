// Everything that the tests ask of @gradio/client, against the address in the first argument; prints one JSON object.
import { Client } from "@gradio/client";

const client = await Client.connect(process.argv[2]);
const got = {};
got.endpoints = Object.keys((await client.view_api()).named_endpoints).length;
got.named = (await client.predict("/add_and_slice", { a: 3, b: 5, c: [1, 2, 3, 4, 5] })).data;
got.positional = (await client.predict("/add_and_slice", [3, 5, [1, 2, 3, 4, 5]])).data;
got.defaults = (await client.predict("/varied", [1])).data;
got.stream = [];
for await (const message of client.submit("/count", { n: 3 })) {
  if (message.type === "data") got.stream.push(message.data);
}
const file = (await client.predict("/shout", { file: new Blob(["hello"]) })).data[0];
got.file = await (await fetch(file.url)).text();
try {
  await client.predict("/errors", { kind: "own" });
} catch (error) {
  got.error = error.message;
}
const calls = [...Array(20).keys()].map((value) => client.predict("/echo", { value }));
got.many = (await Promise.all(calls)).map((result) => result.data[0]);
const job = client.submit("/endless_async", ["javascript"]);
setTimeout(() => job.cancel(), 300);
got.cancelled = 0;
for await (const message of job) {
  if (message.type === "data") got.cancelled += 1;
}
client.close();
console.log(JSON.stringify(got));
