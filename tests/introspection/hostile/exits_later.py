import atexit
import threading
import time


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


atexit.register(time.sleep, 3600)
threading.Thread(target=time.sleep, args=(3600,)).start()
