def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


while True: pass
