library(httr2)

if (!file.exists("sample.png")) writeBin(openssl::base64_decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), "sample.png")
if (!file.exists("sample.txt")) writeBin(charToRaw("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f"), "sample.txt")
if (!file.exists("sample.csv")) writeBin(charToRaw(r"---(a,b
1,2)---"), "sample.csv")
request <- request("https://api.example.com/v1/call") |>
  req_body_multipart(
    text = "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f",
    `photos` = curl::form_file("sample.png", type = "image/png"),
    `photos` = curl::form_file("sample.txt", type = "text/plain"),
    `one` = curl::form_file("sample.csv", type = "text/csv"),
  ) |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
