import os
import sys


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


sys.stdout.close()
sys.stderr.close()
for number in range(3, 64):
    try:
        os.close(number)
    except OSError:
        pass
