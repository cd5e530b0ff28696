<?php
$boundary = bin2hex(random_bytes(16));
$body = "";
foreach ([
    "Content-Disposition: form-data; name=\"text\"\r\n\r\n" . "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7f",
    "Content-Disposition: form-data; name=\"photos\"; filename=\"sample.png\"\r\nContent-Type: image/png\r\n\r\n" . base64_decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
    "Content-Disposition: form-data; name=\"photos\"; filename=\"sample.txt\"\r\nContent-Type: text/plain\r\n\r\n" . "it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7f",
    "Content-Disposition: form-data; name=\"one\"; filename=\"sample.csv\"\r\nContent-Type: text/csv\r\n\r\n" . "a,b\n1,2",
] as $part) {
    $body .= "--$boundary\r\n$part\r\n";
}
$body .= "--$boundary--\r\n";
$curl = curl_init("https://api.example.com/v1/call");
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => "POST",
    CURLOPT_HTTPHEADER => [
        "Content-Type: multipart/form-data; boundary=$boundary",
    ],
    CURLOPT_POSTFIELDS => $body,
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($answer === false || $status >= 400) {
    fwrite(STDERR, curl_error($curl) ?: "$status $answer\n");
    exit(1);
}
echo $answer, "\n";
