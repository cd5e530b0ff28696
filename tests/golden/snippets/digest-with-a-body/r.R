library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_headers(`Content-Type` = "application/json") |>
  req_options(httpauth = 2L, userpwd = paste0(Sys.getenv("CHALLENGED_USER"), ":", Sys.getenv("CHALLENGED_PASSWORD"))) |>
  req_body_raw(r"---({"x": "é"})---") |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
