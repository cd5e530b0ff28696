from pathlib import Path


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


SECRET = (Path(__file__).parent / "not_there.txt").read_text(encoding="utf-8")
