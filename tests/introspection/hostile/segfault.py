import ctypes


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


ctypes.string_at(0)
