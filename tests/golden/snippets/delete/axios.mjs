import axios from "axios";

const response = await axios({
  method: "DELETE",
  url: "https://api.example.com/v1/call",
  responseType: "text",
});
console.log(response.status);
