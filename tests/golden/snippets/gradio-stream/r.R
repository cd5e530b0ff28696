library(httr2)

answer <- req_perform
url <- "https://api.example.com/v1/gradio_api/call/count"
started <- request(url) |>
  req_body_raw(paste0(r"---({"data": [3]})---"), "application/json") |>
  answer()
id <- sub('.*"event_id" *: *"([^"]*)".*', "\\1", resp_body_string(started))
events <- answer(request(paste0(url, "/", id)))
event <- ""
for (line in strsplit(resp_body_string(events), "\n")[[1]]) {
  value <- sub("^[a-z]+: ", "", line)
  if (startsWith(line, "event: ")) {
    event <- value
  } else if (startsWith(line, "data: ") && event == "generating") {
    cat(value, "\n", sep = "")
  } else if (startsWith(line, "data: ") && event == "error") {
    stop(value)
  }
}
if (event != "complete") stop("the events ended before the call did")
