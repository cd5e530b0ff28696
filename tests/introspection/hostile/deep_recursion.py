def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


def _down() -> None:
    _down()


_down()
