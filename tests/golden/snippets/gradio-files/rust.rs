use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::{Client, RequestBuilder, Response};

fn answer(request: RequestBuilder) -> Result<Response, Box<dyn Error>> {
    let response = request.send()?;
    if response.status().as_u16() >= 400 {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    Ok(response)
}

fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder()
        .timeout(None)
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let session = env::var("SESSION_HASH").unwrap_or_else(|_| format!("session-{now}"));
    let mut uploaded = HashMap::new();
    for (url, name, part) in [
        ("https://api.example.com/v1/gradio_api/upload", "sample.png", Part::bytes(base64::decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")?).file_name("sample.png").mime_str("image/png")?),
        ("https://api.example.com/v1/gradio_api/upload", "sample.txt", Part::bytes("it's".as_bytes()).file_name("sample.txt").mime_str("text/plain")?),
    ] {
        let form = Form::new().part("files", part);
        let path = answer(client.post(url).multipart(form))?.text()?;
        uploaded.insert(name, path[2..path.len() - 2].to_string()); // of ["path"]
    }
    let url = "https://api.example.com/v1/gradio_api/call/join";
    let body = [r#"{
  "data": [
    {"path": ""#, uploaded["sample.png"].as_str(), r#"", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": ""#, uploaded["sample.png"].as_str(), r#"", "meta": {"_type": "gradio.FileData"}},
      {"path": ""#, uploaded["sample.txt"].as_str(), r#"", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": ""#, session.as_str(), r#""
}"#].concat();
    let request = client
        .post(url)
        .header("Content-Type", "application/json")
        .body(body);
    answer(request)?;
    let id = session.as_str();
    let events = answer(client.get(format!("{url}/{id}")))?;
    let mut event = String::new();
    for line in BufReader::new(events).lines() {
        let line = line?;
        match line.split_once(": ") {
            Some(("event", name)) => event = name.to_string(),
            Some(("data", data)) if event == "complete" => println!("{data}"),
            Some(("data", data)) if event == "error" => return Err(data.into()),
            _ => {}
        }
    }
    if event != "complete" {
        return Err("the events ended before the call did".into());
    }
    Ok(())
}
