use std::error::Error;
use std::io::{BufRead, BufReader};

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
    let url = "https://api.example.com/v1/gradio_api/call/ping";
    let body = [r#"{"data": []}"#].concat();
    let request = client
        .post(url)
        .header("Content-Type", "application/json")
        .body(body);
    let started = answer(request)?.text()?;
    let id = started.split('"').nth(3).ok_or("no event_id")?;
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
