import threading


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


def _spin() -> None:
    while True:
        pass


threading.Thread(target=_spin).start()
