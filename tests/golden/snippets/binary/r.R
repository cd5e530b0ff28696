library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_headers(`Content-Type` = "image/png") |>
  req_body_raw(openssl::base64_decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")) |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
