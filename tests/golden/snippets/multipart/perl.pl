use strict;
use warnings;
use HTTP::Request::Common;
use LWP::UserAgent;
use MIME::Base64;

my $request = HTTP::Request::Common::request_type_with_data(
    "POST",
    "https://api.example.com/v1/call",
    Content_Type => "form-data",
    Content => [
        "text" => "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7f",
        "photos" => [undef, "sample.png", "Content-Type" => "image/png", Content => decode_base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")],
        "photos" => [undef, "sample.txt", "Content-Type" => "text/plain", Content => "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7f"],
        "one" => [undef, "sample.csv", "Content-Type" => "text/csv", Content => 'a,b
1,2'],
    ],
);
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
