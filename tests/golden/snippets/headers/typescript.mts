const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "GET",
  headers: {
    "X-Text": String.fromCharCode(...new TextEncoder().encode("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b")),
    "X-Empty": "",
    "X-List": "a b,$HOME",
    "X-Object": "R=100,G=200,B=150",
    "X-Json": String.fromCharCode(...new TextEncoder().encode("{\"a\": \"é\\\"\"}")),
  },
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
