library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_headers(`Content-Type` = "text/plain") |>
  req_body_raw(r"---(-'a',
"b")---") |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
