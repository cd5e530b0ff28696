use std::error::Error;

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let form = Form::new()
        .percent_encode_noop()
        .text("text", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}")
        .part("photos", Part::bytes(base64::decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")?).file_name("sample.png").mime_str("image/png")?)
        .part("photos", Part::bytes("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}".as_bytes()).file_name("sample.txt").mime_str("text/plain")?)
        .part("one", Part::bytes(r#"a,b
1,2"#.as_bytes()).file_name("sample.csv").mime_str("text/csv")?)
        ;
    let response = Client::new()
        .post("https://api.example.com/v1/call")
        .multipart(form)
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    println!("{}", response.text()?);
    Ok(())
}
