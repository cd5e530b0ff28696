import os


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


while True:
    os.write(1, b"y\n" * 4096)
