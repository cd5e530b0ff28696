def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


def _connect() -> None:
    raise ConnectionError("no database at db.example.com")


_connect()
