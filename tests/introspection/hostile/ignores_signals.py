import signal
import time


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
time.sleep(3600)
