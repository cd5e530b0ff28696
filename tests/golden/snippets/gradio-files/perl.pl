use strict;
use warnings;
use HTTP::Request::Common;
use LWP::UserAgent;
use MIME::Base64;

my $client = LWP::UserAgent->new(timeout => 3600);

sub answer {
    my $response = $client->request(@_);
    die $response->status_line, " ", $response->content, "\n" if $response->is_error;
    return $response->content;
}

my $session = $ENV{SESSION_HASH} || sprintf("%08x%08x", rand(2**32), rand(2**32));
my %uploaded;
for (
    ["https://api.example.com/v1/gradio_api/upload", "sample.png", "image/png", decode_base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")],
    ["https://api.example.com/v1/gradio_api/upload", "sample.txt", "text/plain", "it's"],
) {
    my ($url, $filename, $type, $content) = @$_;
    my $answer = answer(POST($url, Content_Type => "form-data", Content => [
        files => [undef, $filename, Content_Type => $type, Content => $content],
    ]));
    $uploaded{$filename} = substr($answer, 2, -2); # of `["path"]`
}
my $url = "https://api.example.com/v1/gradio_api/call/join";
my $answer = answer(POST($url, Content_Type => "application/json", Content => '{
  "data": [
    {"path": "' . $uploaded{"sample.png"} . '", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": "' . $uploaded{"sample.png"} . '", "meta": {"_type": "gradio.FileData"}},
      {"path": "' . $uploaded{"sample.txt"} . '", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": "' . $session . '"
}'));
my $id = $session;
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
