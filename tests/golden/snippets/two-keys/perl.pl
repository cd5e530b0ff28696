use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;
use URI::Escape;

my $request = HTTP::Request->new("GET", "https://api.example.com/v1/call?api%20key=" . uri_escape($ENV{QUERY_KEY}));
$request->header("Authorization" => "Bearer " . $ENV{TOKEN});
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
