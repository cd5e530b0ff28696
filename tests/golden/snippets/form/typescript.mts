const body = new URLSearchParams();
body.append("text", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007fa\nb\r\nc\td\n");
body.append("list", "a b");
body.append("list", "");
body.append("deep[a]", "1");
body.append("object", "{\"b\": \"é\"}");
body.append("n", "18446744073709551616");
body.append("a b&", "x");
const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  body,
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
