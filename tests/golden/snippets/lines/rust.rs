use std::error::Error;
use std::io::{BufRead, BufReader};

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::builder()
        .timeout(None)
        .build()?
        .post("https://api.example.com/v1/call")
        .header("Accept", "application/x-ndjson")
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    for line in BufReader::new(response).lines() {
        println!("{}", line?);
    }
    Ok(())
}
