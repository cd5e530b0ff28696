use std::error::Error;

use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Client::new()
        .post("https://api.example.com/v1/call")
        .form(&[
            ("text", "it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}a\nb\r\nc\td\n"),
            ("list", "a b"),
            ("list", ""),
            ("deep[a]", "1"),
            ("object", "{\"b\": \"é\"}"),
            ("n", "18446744073709551616"),
            ("a b&", "x"),
        ])
        .send()?;
    if !response.status().is_success() {
        return Err(format!("{} {}", response.status(), response.text()?).into());
    }
    println!("{}", response.text()?);
    Ok(())
}
