import { Client } from "@gradio/client";

const client = await Client.connect("https://api.example.com/v1/", { events: ["data", "status"] });
const job = client.submit("/count", { n: 3 });
for await (const message of job) {
  if (message.type === "data") {
    console.log(message.data);
  } else if (message.stage === "error") {
    throw new Error(message.message);
  }
}
