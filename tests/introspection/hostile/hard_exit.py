"""Ends the process without asking Python."""

import os


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


os._exit(0)
