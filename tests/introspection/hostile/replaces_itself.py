import sys
import types


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


_other = types.ModuleType(__name__)
_other.add = add
add.__module__ = __name__
sys.modules[__name__] = _other
