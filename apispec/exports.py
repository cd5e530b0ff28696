"""What a package shows to the others: names that are imported from their modules when they are first used (PEP 562).

So a package says in one place what others may use, and using one name of it costs no more than that name's module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def exports(package: str, **homes: str) -> tuple[list[str], Callable[[str], Any]]:
    """`__all__` and `__getattr__` of a package.

    Args:
        package: Its name, `__name__`.
        homes: Module of the package → the names that it shows, separated by blanks; none = the module itself is shown.
    """
    home = {name: module for module, names in homes.items() for name in names.split() or (module,)}

    def __getattr__(name: str) -> Any:  # noqa: N807 - it becomes the package's
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{home[name]}")
        value = module if name == home[name] else getattr(module, name)
        setattr(sys.modules[package], name, value)
        return value

    return sorted(home), __getattr__
