use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

my $request = HTTP::Request->new("POST", "https://api.example.com/v1/call");
$request->header("Accept" => "application/x-ndjson");
$| = 1;
my $response = LWP::UserAgent->new->request($request, sub { print $_[0] });
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
