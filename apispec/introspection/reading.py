"""Reading Python: from a target to the model. `introspect` reads a target safely, `describe` what is already imported.

The parts: `describe` and its neighbours turn live objects into endpoints; `target`, `guard` and `child` find and import
the target in a guarded process; `static` reads it without importing; `docstrings` reads docstrings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.introspection.options import Options

if TYPE_CHECKING:
    from types import ModuleType

    from apispec.model import Introspection

__all__ = ["Options", "describe", "introspect"]


def introspect(target: str, options: Options | None = None) -> Introspection:
    """Read a target (`app.py`, `app.py:attribute`, `package.module`, `package.module:attribute`) in a guarded process.

    Raises:
        TargetError: The target cannot be found, imported or read.
    """
    from apispec.introspection.isolated import introspect as run

    return run(target, options or Options())


def describe(source: Any, options: Options | None = None, *, module: ModuleType | None = None) -> Introspection:
    """Read an `App`, a module, functions or an app of another library that are already imported, in this process.

    Args:
        source: What to read.
        options: Protocol and texts of the Api.
        module: Where an app of another library was found.

    Raises:
        EndpointError: Two endpoints have one name.
    """
    from apispec.introspection.endpoints import describe as run

    return run(source, options or Options(), module=module)
