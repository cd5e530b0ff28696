"""Which classes are pictures, which travel as files: images of PIL and figures of matplotlib, where imported."""

from __future__ import annotations

import sys
from typing import Any

_CLASSES = (("PIL.Image", "Image"), ("matplotlib.figure", "Figure"))


def is_image(hint: Any) -> bool:
    """Whether values of a hint are pictures."""
    if not isinstance(hint, type):
        return False
    for module, name in _CLASSES:
        loaded = sys.modules.get(module)
        cls = getattr(loaded, name, None) if loaded is not None else None
        if isinstance(cls, type) and issubclass(hint, cls):
            return True
    return False
