use strict;
use warnings;
use HTTP::Request::Common;
use LWP::UserAgent;

my $client = LWP::UserAgent->new(timeout => 3600);

sub answer {
    my $response = $client->request(@_);
    die $response->status_line, " ", $response->content, "\n" if $response->is_error;
    return $response->content;
}

my $url = "https://api.example.com/v1/gradio_api/call/add";
my $answer = answer(POST($url, Content_Type => "application/json", Content => '{
  "data": [
    "it\'s \\"q\\" \\\\ \\\\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f",
    null,
    null
  ]
}'));
my ($id) = $answer =~ /"event_id"\s*:\s*"([^"]+)"/;
my ($rest, $event, $failed) = ("", "", "");
answer(GET("$url/$id"), sub {
    $rest .= $_[0];
    while ($rest =~ s/^(.*?)\r?\n//) {
        my ($field, $value) = split(/: /, $1, 2);
        next unless defined $value;
        $event = $value if $field eq "event";
        $failed = $value if $field eq "data" && $event eq "error";
        print "$value\n" if $field eq "data" && $event eq "complete";
    }
});
die(($failed || "the events ended before the call did") . "\n") unless $event eq "complete";
