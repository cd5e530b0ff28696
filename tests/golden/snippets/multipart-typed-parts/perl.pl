use strict;
use warnings;
use HTTP::Request::Common;
use LWP::UserAgent;

my $request = HTTP::Request::Common::request_type_with_data(
    "POST",
    "https://api.example.com/v1/call",
    Content_Type => "form-data",
    Content => [
        "pet" => [undef, undef, "Content-Type" => "application/xml; charset=utf-8", Content => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b�\x7f</name>\n</pet>"],
        "pets" => [undef, undef, "Content-Type" => "text/xml", Content => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pet id=\"7\">\n  <name>it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} &lt;b&gt;&amp;amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b�\x7f</name>\n</pet>"],
        "pets" => [undef, undef, "Content-Type" => "text/xml", Content => "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = \@f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7f"],
        "rows" => [undef, undef, "Content-Type" => "text/csv", Content => 'a,"b"
1,\\'],
    ],
);
my $response = LWP::UserAgent->new->request($request);
die $response->status_line, " ", $response->content, "\n" unless $response->is_success;
print $response->decoded_content(charset => "none"), "\n";
