package main

import (
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	request, err := http.NewRequest("GET", "https://api.example.com/v1/call", nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("X-Text", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b")
	request.Header.Set("X-Empty", "")
	request.Header.Set("X-List", "a b,$HOME")
	request.Header.Set("X-Object", "R=100,G=200,B=150")
	request.Header.Set("X-Json", "{\"a\": \"é\\\"\"}")
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
