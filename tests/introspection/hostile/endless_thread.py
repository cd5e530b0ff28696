import threading
import time


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


def _forever() -> None:
    while True:
        time.sleep(1)


threading.Thread(target=_forever).start()
