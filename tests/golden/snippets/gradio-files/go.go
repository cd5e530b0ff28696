package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
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
	session := os.Getenv("SESSION_HASH")
	if session == "" {
		random := make([]byte, 8)
		rand.Read(random)
		session = fmt.Sprintf("%x", random)
	}
	uploaded := map[string]string{}
	for _, file := range []struct {
		url, name, mediaType string
		content              io.Reader
	}{
		{"https://api.example.com/v1/gradio_api/upload", "sample.png", "image/png", base64.NewDecoder(base64.StdEncoding, bytes.NewBufferString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))},
		{"https://api.example.com/v1/gradio_api/upload", "sample.txt", "text/plain", bytes.NewBufferString("it's")},
	} {
		var body bytes.Buffer
		writer := multipart.NewWriter(&body)
		name := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(file.name)
		to, err := writer.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="files"; filename="` + name + `"`},
			"Content-Type":        {file.mediaType},
		})
		if err != nil {
			log.Fatal(err)
		}
		io.Copy(to, file.content)
		writer.Close()
		answer, err := io.ReadAll(check(client.Post(file.url, writer.FormDataContentType(), &body)).Body)
		if err != nil {
			log.Fatal(err)
		}
		uploaded[file.name] = string(answer[2 : len(answer)-2]) // of ["path"]
	}
	call := "https://api.example.com/v1/gradio_api/call/join"
	body := strings.NewReader(`{
  "data": [
    {"path": "` + uploaded["sample.png"] + `", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": "` + uploaded["sample.png"] + `", "meta": {"_type": "gradio.FileData"}},
      {"path": "` + uploaded["sample.txt"] + `", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": "` + session + `"
}`)
	response := check(client.Post(call, "application/json", body))
	response.Body.Close()
	id := session
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
		} else if field == "data" && event == "complete" {
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
