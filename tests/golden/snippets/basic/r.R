library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_auth_basic(Sys.getenv("LOGIN_USER"), Sys.getenv("LOGIN_PASSWORD")) |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
