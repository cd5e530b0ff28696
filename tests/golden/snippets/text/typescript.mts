const response: Response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "text/plain" },
  body: "@it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007fa\nb\r\nc\td\n",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
