"""Exits while it is imported."""

import sys


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


sys.exit(3)
