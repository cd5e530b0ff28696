<?php
$curl = curl_init("https://api.example.com/v1/call");
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => "POST",
    CURLOPT_HTTPHEADER => [
        "Content-Type: text/plain",
    ],
    CURLOPT_POSTFIELDS => "@it's \"q\" \\ \\n \$HOME \${HOME} `id` \$(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \xe2\x80\xae\xe2\x80\x8b\x1b\x7fa\nb\r\nc\td\n",
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($answer === false || $status >= 400) {
    fwrite(STDERR, curl_error($curl) ?: "$status $answer\n");
    exit(1);
}
echo $answer, "\n";
