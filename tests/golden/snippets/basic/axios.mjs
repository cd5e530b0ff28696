import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  headers: {
    Authorization: "Basic " + Buffer.from(process.env.LOGIN_USER + ":" + process.env.LOGIN_PASSWORD).toString("base64"),
  },
  responseType: "text",
});
console.log(response.data);
