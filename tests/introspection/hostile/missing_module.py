import a_module_that_nobody_has as missing


def add(a: int, b: int = 2, c: missing.Thing | None = None) -> int:
    """Add."""
    return a + b
