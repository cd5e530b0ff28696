library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_method("POST")
response <- req_perform(request)
writeBin(resp_body_raw(response), "result.png")
