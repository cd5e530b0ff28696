<?php
$curl = curl_init("https://api.example.com/v1/call");
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => "POST",
    CURLOPT_HTTPHEADER => [
        "Accept: text/event-stream",
    ],
    CURLOPT_WRITEFUNCTION => function ($curl, $text) use (&$rest, &$event, &$failed) {
        $lines = explode("\n", $rest . $text);
        $rest = array_pop($lines);
        foreach ($lines as $line) {
            [$field, $value] = explode(": ", rtrim($line), 2) + ["", ""];
            if ($field === "event") {
                $event = $value;
            } elseif ($field === "data" && $event === "generating") {
                echo $value, "\n";
            } elseif ($field === "data" && $event === "error") {
                $failed = $value;
            }
        }
        return strlen($text);
    },
]);
$answer = curl_exec($curl);
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
if ($answer === false || $status >= 400 || $failed !== null) {
    fwrite(STDERR, curl_error($curl) ?: $failed ?? "$status\n");
    exit(1);
}
