import axios from "axios";

const response = await axios({
  method: "POST",
  url: "https://api.example.com/v1/call",
  headers: { Accept: "application/x-ndjson" },
  responseType: "stream",
});
for await (const chunk of response.data) {
  console.log(chunk.toString());
}
