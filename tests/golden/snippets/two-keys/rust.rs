use std::env;
use std::error::Error;

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.example.com/v1/call")
        .query(&[("api key", env::var("QUERY_KEY")?.as_str())])
        .header("Authorization", ["Bearer ", env::var("TOKEN")?.as_str()].concat())
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    println!("{}", response.text()?);
    Ok(())
}
