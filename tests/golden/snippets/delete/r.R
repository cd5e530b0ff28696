library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_method("DELETE")
response <- req_perform(request)
cat(resp_status(response), "\n")
