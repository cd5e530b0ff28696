library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_headers(`Content-Type` = "text/plain") |>
  req_body_raw("@it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007fa\nb\r\nc\td\n") |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
