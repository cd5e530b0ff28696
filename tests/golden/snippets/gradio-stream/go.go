package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func check(response *http.Response, err error) *http.Response {
	if err != nil {
		log.Fatal(err)
	}
	if response.StatusCode >= 400 {
		answer, _ := io.ReadAll(response.Body)
		log.Fatalf("%s %s", response.Status, answer)
	}
	return response
}

func main() {
	client := &http.Client{}
	call := "https://api.example.com/v1/gradio_api/call/count"
	body := strings.NewReader(`{"data": [3]}`)
	response := check(client.Post(call, "application/json", body))
	var started struct {
		ID string `json:"event_id"`
	}
	if err := json.NewDecoder(response.Body).Decode(&started); err != nil {
		log.Fatal(err)
	}
	id := started.ID
	response = check(client.Get(call + "/" + id))
	defer response.Body.Close()
	event := ""
	for lines := bufio.NewReader(response.Body); ; {
		line, err := lines.ReadString('\n')
		field, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ": ")
		if field == "event" {
			event = value
		} else if field == "data" && event == "error" {
			log.Fatal(value)
		} else if field == "data" && event == "generating" {
			fmt.Println(value)
		}
		if err != nil {
			break
		}
	}
	if event != "complete" {
		log.Fatal("the events ended before the call did")
	}
}
