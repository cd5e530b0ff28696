import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  responseType: "arraybuffer",
});
console.log(response.headers["content-type"], response.data.byteLength);
