use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

my $request = HTTP::Request->new("POST", "https://api.example.com/v1/call");
$request->header("Content-Type" => "text/plain");
$request->content("\@it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7fa\nb\r\nc\td\n");
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
