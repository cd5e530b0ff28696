use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;
use URI;

my $uri = URI->new("https://api.example.com/v1/call");
$uri->query_form(
    "api key" => $ENV{QUERY_KEY},
);
my $request = HTTP::Request->new("GET", $uri);
$request->header("Authorization" => "Bearer " . $ENV{TOKEN});
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
