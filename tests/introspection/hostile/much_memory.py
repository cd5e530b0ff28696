def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


hoard = [bytearray(64 * 1024 * 1024) for _ in range(96)]
