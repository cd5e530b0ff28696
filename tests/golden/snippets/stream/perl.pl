use strict;
use warnings;
use HTTP::Request;
use LWP::UserAgent;

my $request = HTTP::Request->new("POST", "https://api.example.com/v1/call");
$request->header("Accept" => "text/event-stream");
my ($rest, $event, $failed) = ("", "", "");
my $response = LWP::UserAgent->new->request($request, sub {
    $rest .= $_[0];
    while ($rest =~ s/^(.*?)\r?\n//) {
        my ($field, $value) = split(/: /, $1, 2);
        next unless defined $value;
        $event = $value if $field eq "event";
        print "$value\n" if $field eq "data" && $event eq "generating";
        $failed = $value if $field eq "data" && $event eq "error";
    }
});
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
die "$failed\n" if $failed;
