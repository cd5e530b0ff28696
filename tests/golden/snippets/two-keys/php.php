<?php
$curl = curl_init("https://api.example.com/v1/call?" . http_build_query([
    "api key" => getenv("QUERY_KEY"),
]));
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => "GET",
    CURLOPT_HTTPHEADER => [
        "Authorization: " . "Bearer " . getenv("TOKEN"),
    ],
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($answer === false || $status >= 400) {
    fwrite(STDERR, curl_error($curl) ?: "$status $answer\n");
    exit(1);
}
echo $answer, "\n";
