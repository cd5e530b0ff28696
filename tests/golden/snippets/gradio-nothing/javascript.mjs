import { Client } from "@gradio/client";

const client = await Client.connect("https://api.example.com/v1/");
const result = await client.predict("/ping");
console.log(result.data);
