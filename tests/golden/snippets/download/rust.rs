use std::error::Error;

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .post("https://api.example.com/v1/call")
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    std::fs::write("result.png", response.bytes()?)?;
    Ok(())
}
