import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  responseType: "text",
});
console.log(response.data);
