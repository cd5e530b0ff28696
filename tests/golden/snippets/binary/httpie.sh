[ -e sample.png ] || printf %s 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > sample.png
http --check-status --ignore-stdin \
  POST 'https://api.example.com/v1/call' \
  Content-Type:image/png \
  @sample.png
