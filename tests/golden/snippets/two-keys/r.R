library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_url_query(`api key` = Sys.getenv("QUERY_KEY")) |>
  req_headers(`Authorization` = paste0("Bearer ", Sys.getenv("TOKEN"))) |>
  req_method("GET")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
