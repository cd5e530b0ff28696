import os
import signal


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


os.kill(os.getpid(), signal.SIGKILL)
