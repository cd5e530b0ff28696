import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  headers: { "Content-Type": "image/png" },
  data: await (new File([Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0))], "sample.png", { type: "image/png" })).arrayBuffer(),
  responseType: "text",
});
console.log(response.data);
