import os
import sys


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


print("hello")
print("careful", file=sys.stderr)
os.write(1, b"x" * 5_000_000)
os.system("echo from a child")
