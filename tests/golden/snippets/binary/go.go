package main

import (
	"bytes"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	content, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		log.Fatal(err)
	}
	body := bytes.NewReader(content)
	request, err := http.NewRequest("POST", "https://api.example.com/v1/call", body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "image/png")
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
