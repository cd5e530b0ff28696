import broken_helper


def add(a: int, b: int = 2) -> int:
    """Add."""
    return broken_helper.add(a, b)
