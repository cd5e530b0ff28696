import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  headers: { "Content-Type": "text/plain" },
  data: "-'a',\n\"b\"",
  responseType: "text",
});
console.log(response.data);
