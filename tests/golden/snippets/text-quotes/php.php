<?php
$curl = curl_init("https://api.example.com/v1/call");
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => "POST",
    CURLOPT_HTTPHEADER => [
        "Content-Type: text/plain",
    ],
    CURLOPT_POSTFIELDS => '-\'a\',
"b"',
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($answer === false || $status >= 400) {
    fwrite(STDERR, curl_error($curl) ?: "$status $answer\n");
    exit(1);
}
echo $answer, "\n";
