import builtins


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


def _broken(*args, **kwargs):
    raise RuntimeError("patched")


builtins.isinstance = builtins.getattr = builtins.len = _broken
