use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;
use MIME::Base64;

my $request = HTTP::Request->new("POST", "https://api.example.com/v1/call");
$request->header("Content-Type" => "image/png");
$request->content(decode_base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
