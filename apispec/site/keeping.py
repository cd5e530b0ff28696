"""What MkDocs made the last time, for a process that builds one site again and again.

What stands in blocks (`blocks`), as most of a reference does, is no part of what MkDocs is given: where nothing else
has changed, there is nothing to be made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_last: dict[str, dict[str, bytes]] = {}


def unless_made(work: Path, data: Mapping[str, Any], make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
    """The files of a site, as they were made of the same input the last time, or are made now.

    Args:
        work: The folder with all that it is made of.
        data: The builder's configuration.
        make: Makes it.
    """
    key = hashlib.sha256(repr(data).replace(str(work), "").encode("utf-8", "surrogatepass"))
    for file in sorted(work.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            key.update(f"\0{file.relative_to(work)}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
    name = key.hexdigest()
    if name not in _last:
        made = make()
        _last.clear()
        _last[name] = made
    return _last[name]
