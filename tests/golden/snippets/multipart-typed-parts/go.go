package main

import (
	"bytes"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
)

func main() {
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	for _, part := range []struct {
		disposition, mediaType string
		content                io.Reader
	}{
		{`form-data; name="pet"`, "application/xml; charset=utf-8", bytes.NewBufferString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\u007f</name>\n</pet>")},
		{`form-data; name="pets"`, "text/xml", bytes.NewBufferString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u202e\u200b�\u007f</name>\n</pet>")},
		{`form-data; name="pets"`, "text/xml", bytes.NewBufferString("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\u001b\u007f")},
		{`form-data; name="rows"`, "text/csv", bytes.NewBufferString(`a,"b"
1,\`)},
	} {
		header := textproto.MIMEHeader{"Content-Disposition": {part.disposition}}
		if part.mediaType != "" {
			header.Set("Content-Type", part.mediaType)
		}
		to, err := writer.CreatePart(header)
		if err != nil {
			log.Fatal(err)
		}
		io.Copy(to, part.content)
	}
	writer.Close()
	request, err := http.NewRequest("POST", "https://api.example.com/v1/call", &body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", writer.FormDataContentType())
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
