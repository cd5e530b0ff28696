<?php
$curl = curl_init("https://api.example.com/v1/call");
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => "POST",
    CURLOPT_HTTPHEADER => [
        "Accept: application/x-ndjson",
    ],
    CURLOPT_WRITEFUNCTION => function ($curl, $text) {
        echo $text;
        return strlen($text);
    },
]);
$answer = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($answer === false || $status >= 400) {
    fwrite(STDERR, curl_error($curl) ?: "$status\n");
    exit(1);
}
