use std::error::Error;

use reqwest::blocking::multipart::{Form, Part};
use reqwest::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let form = Form::new()
        .percent_encode_noop()
        .part("pet", Part::text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}�\u{7f}</name>\n</pet>").mime_str("application/xml; charset=utf-8")?)
        .part("pets", Part::text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}�\u{7f}</name>\n</pet>").mime_str("text/xml")?)
        .part("pets", Part::text("it's \"q\" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u{202e}\u{200b}\u{1b}\u{7f}").mime_str("text/xml")?)
        .part("rows", Part::text(r#"a,"b"
1,\"#).mime_str("text/csv")?)
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
