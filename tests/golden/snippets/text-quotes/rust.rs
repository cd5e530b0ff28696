use std::error::Error;

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .post("https://api.example.com/v1/call")
        .header("Content-Type", "text/plain")
        .body(r#"-'a',
"b""#)
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    println!("{}", response.text()?);
    Ok(())
}
