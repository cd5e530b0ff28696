use std::error::Error;
use std::io::{BufRead, BufReader};

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::builder()
        .timeout(None)
        .build()?
        .post("https://api.example.com/v1/call")
        .header("Accept", "text/event-stream")
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    let mut event = String::new();
    for line in BufReader::new(response).lines() {
        let line = line?;
        match line.split_once(": ") {
            Some(("event", name)) => event = name.to_string(),
            Some(("data", data)) if event == "generating" => println!("{}", data),
            Some(("data", data)) if event == "error" => return Err(data.into()),
            _ => {}
        }
    }
    Ok(())
}
