use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

my $request = HTTP::Request->new("GET", "https://api.example.com/v1/call");
$request->header("X-Text" => "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b");
$request->header("X-Empty" => "");
$request->header("X-List" => "a b,\$HOME");
$request->header("X-Object" => "R=100,G=200,B=150");
$request->header("X-Json" => "{\"a\": \"é\\\"\"}");
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
