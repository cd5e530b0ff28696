<?php
$curl = curl_init();

function answer($curl, $url, $options)
{
    curl_setopt_array($curl, [CURLOPT_URL => $url, CURLOPT_RETURNTRANSFER => true] + $options);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($answer === false || $status >= 400) {
        fwrite(STDERR, (curl_error($curl) ?: "$status $answer") . "\n");
        exit(1);
    }
    return $answer;
}

$session = getenv("SESSION_HASH") ?: bin2hex(random_bytes(8));
$uploaded = [];
foreach ([
    ["https://api.example.com/v1/gradio_api/upload", "sample.png", "image/png", base64_decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")],
    ["https://api.example.com/v1/gradio_api/upload", "sample.txt", "text/plain", "it's"],
] as [$url, $filename, $type, $content]) {
    $files = ["files" => new CURLStringFile($content, $filename, $type)];
    $uploaded[$filename] = substr(answer($curl, $url, [CURLOPT_POSTFIELDS => $files]), 2, -2); // of `["path"]`
}
$url = "https://api.example.com/v1/gradio_api/call/join";
$answer = answer($curl, $url, [
    CURLOPT_HTTPHEADER => ["Content-Type: application/json"],
    CURLOPT_POSTFIELDS => '{
  "data": [
    {"path": "' . $uploaded["sample.png"] . '", "meta": {"_type": "gradio.FileData"}},
    [
      {"path": "' . $uploaded["sample.png"] . '", "meta": {"_type": "gradio.FileData"}},
      {"path": "' . $uploaded["sample.txt"] . '", "meta": {"_type": "gradio.FileData"}}
    ]
  ],
  "session_hash": "' . $session . '"
}',
]);
$id = $session;
$rest = $event = "";
$failed = null;
answer($curl, "$url/$id", [
    CURLOPT_HTTPGET => true,
    CURLOPT_HTTPHEADER => [],
    CURLOPT_WRITEFUNCTION => function ($curl, $text) use (&$rest, &$event, &$failed) {
        $lines = explode("\n", $rest . $text);
        $rest = array_pop($lines);
        foreach ($lines as $line) {
            [$field, $value] = explode(": ", rtrim($line), 2) + ["", ""];
            if ($field === "event") {
                $event = $value;
            } elseif ($field === "data" && $event === "error") {
                $failed = $value;
            } elseif ($field === "data" && $event === "complete") {
                echo $value, "\n";
            }
        }
        return strlen($text);
    },
]);
if ($event !== "complete") {
    fwrite(STDERR, ($failed ?? "the events ended before the call did") . "\n");
    exit(1);
}
