const response = await fetch("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "application/soap+xml; charset=utf-8" },
  body: "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f",
});
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
