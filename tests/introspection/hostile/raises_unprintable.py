def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


class _Strange(BaseException):
    def __str__(self) -> str:
        raise RuntimeError("not even this")

    __repr__ = __str__


raise _Strange
