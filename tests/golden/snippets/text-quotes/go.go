package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := strings.NewReader(`-'a',
"b"`)
	request, err := http.NewRequest("POST", "https://api.example.com/v1/call", body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "text/plain")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		answer, _ := io.ReadAll(response.Body)
		log.Fatalf("%s %s", response.Status, answer)
	}
	io.Copy(os.Stdout, response.Body)
}
