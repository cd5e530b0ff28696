import axios from "axios";

const response = await axios({
  method: "GET",
  url: "https://api.example.com/v1/call",
  params: { "api key": process.env.QUERY_KEY },
  headers: { Authorization: "Bearer " + process.env.TOKEN },
  responseType: "text",
});
console.log(response.data);
