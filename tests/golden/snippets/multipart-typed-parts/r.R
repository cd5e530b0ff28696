library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_body_multipart(
    `pet` = curl::form_data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\u007f</name>\n</pet>", type = "application/xml; charset=utf-8"),
    `pets` = curl::form_data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\u007f</name>\n</pet>", type = "text/xml"),
    `pets` = curl::form_data("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f", type = "text/xml"),
    `rows` = curl::form_data(r"---(a,"b"
1,\)---", type = "text/csv"),
  ) |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
