import http.server


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler).serve_forever()
