library(httr2)

request <- request("https://api.example.com/v1/call") |>
  req_body_raw(paste(
    "text=it%27s%20%22q%22%20%5C%20%5Cn%20%24HOME%20%24%7BHOME%7D%20%60id%60%20%24%28id%29%20%2520%25s%20%21%21%20~%20%7B%7B%20x%20%7D%7D%20%7B%23%20%23%7D%20%3Cb%3E%26amp%3B%3B%20%7C%20%2A%20%3F%20%23%20%2B%20%3D%20%40f%20%C3%A9%20%E2%82%AC%20%F0%9F%98%80%20%E2%80%AE%E2%80%8B%1B%7Fa%0Ab%0D%0Ac%09d%0A",
    "list=a%20b",
    "list=",
    "deep%5Ba%5D=1",
    "object=%7B%22b%22%3A%20%22%C3%A9%22%7D",
    "n=18446744073709551616",
    "a%20b%26=x",
    sep = "&"
  ), "application/x-www-form-urlencoded") |>
  req_method("POST")
response <- req_perform(request)
cat(resp_body_string(response), "\n")
