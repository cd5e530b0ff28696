use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

my $request = HTTP::Request->new("POST", "https://api.example.com/v1/call");
$request->header("Content-Type" => "text/plain");
$request->content('-\'a\',
"b"');
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
