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

$url = "https://api.example.com/v1/gradio_api/call/fetch";
$answer = answer($curl, $url, [
    CURLOPT_HTTPHEADER => ["Content-Type: application/json"],
    CURLOPT_POSTFIELDS => '{
  "data": [
    "x",
    null,
    {
      "a": "it\'s \\"q\\" \\\\ \\\\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \\u202e\\u200b\\u001b\\u007f"
    },
    3
  ]
}',
]);
$id = json_decode($answer, true)["event_id"];
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
