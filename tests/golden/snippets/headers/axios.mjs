import axios from "axios";

const response = await axios({
  method: "GET",
  url: "https://api.example.com/v1/call",
  headers: {
    "X-Text": String.fromCharCode(...new TextEncoder().encode("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b")),
    "X-Empty": "",
    "X-List": "a b,$HOME",
    "X-Object": "R=100,G=200,B=150",
    "X-Json": String.fromCharCode(...new TextEncoder().encode("{\"a\": \"é\\\"\"}")),
  },
  responseType: "text",
});
console.log(response.data);
