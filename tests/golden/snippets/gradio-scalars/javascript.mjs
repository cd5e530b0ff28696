import { Client } from "@gradio/client";

const client = await Client.connect("https://api.example.com/v1/");
const result = await client.predict("/add", {
  a: "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f",
  class: null,
});
console.log(result.data);
