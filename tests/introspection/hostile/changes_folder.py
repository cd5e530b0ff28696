import os
import tempfile


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


os.chdir(tempfile.gettempdir())
os.environ.clear()
os.umask(0o777)
