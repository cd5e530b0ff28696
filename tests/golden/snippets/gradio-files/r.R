library(httr2)

if (!file.exists("sample.png")) writeBin(openssl::base64_decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), "sample.png")
if (!file.exists("sample.txt")) writeBin(charToRaw("it's"), "sample.txt")
answer <- req_perform
session <- Sys.getenv("SESSION_HASH", paste0("session-", Sys.getpid(), "-", as.integer(Sys.time())))
upload <- function(url, name, type) {
  request <- req_body_multipart(request(url), files = curl::form_file(name, type = type))
  text <- resp_body_string(answer(request))
  substr(text, 3, nchar(text) - 2) # of ["path"]
}
uploaded <- list()
uploaded[["sample.png"]] <- upload("https://api.example.com/v1/gradio_api/upload", "sample.png", "image/png")
uploaded[["sample.txt"]] <- upload("https://api.example.com/v1/gradio_api/upload", "sample.txt", "text/plain")
url <- "https://api.example.com/v1/gradio_api/call/join"
started <- request(url) |>
  req_body_raw(paste0(r"---({
  "data": [
    {"path": ")---", uploaded[["sample.png"]], r"---(", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": ")---", uploaded[["sample.png"]], r"---(", "meta": {"_type": "gradio.FileData"}},
      {"path": ")---", uploaded[["sample.txt"]], r"---(", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": ")---", session, r"---("
})---"), "application/json") |>
  answer()
id <- session
events <- answer(request(paste0(url, "/", id)))
event <- ""
for (line in strsplit(resp_body_string(events), "\n")[[1]]) {
  value <- sub("^[a-z]+: ", "", line)
  if (startsWith(line, "event: ")) {
    event <- value
  } else if (startsWith(line, "data: ") && event == "complete") {
    cat(value, "\n", sep = "")
  } else if (startsWith(line, "data: ") && event == "error") {
    stop(value)
  }
}
if (event != "complete") stop("the events ended before the call did")
