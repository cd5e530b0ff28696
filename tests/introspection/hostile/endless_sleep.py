import time


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


time.sleep(3600)
