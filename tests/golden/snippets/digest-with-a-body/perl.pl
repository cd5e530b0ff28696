use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

package Agent {
    use parent -norequire, "LWP::UserAgent";
    sub get_basic_credentials { return ($ENV{CHALLENGED_USER}, $ENV{CHALLENGED_PASSWORD}) }
}

my $request = HTTP::Request->new("POST", "https://api.example.com/v1/call");
$request->header("Content-Type" => "application/json");
$request->content('{"x": "é"}');
my $response = Agent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
