use std::error::Error;

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .get("https://api.example.com/v1/call")
        .header("X-Text", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}".as_bytes())
        .header("X-Empty", "")
        .header("X-List", "a b,$HOME")
        .header("X-Object", "R=100,G=200,B=150")
        .header("X-Json", "{\"a\": \"é\\\"\"}".as_bytes())
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    println!("{}", response.text()?);
    Ok(())
}
