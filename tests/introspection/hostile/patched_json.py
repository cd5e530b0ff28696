import builtins
import json
import os
import sys


def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


def _broken(*args, **kwargs):
    raise RuntimeError("patched")


json.dumps = json.dump = json.loads = json.load = _broken
os.open = os.write = os.rename = os._exit = _broken
builtins.open = _broken
builtins.print = _broken
sys.exit = _broken
sys.excepthook = _broken
