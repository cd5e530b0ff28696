"""Importing a target into this process, which is what calling it takes; a server that it would start does not start.
Describing needs no such trust: see `introspection.introspect`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from apispec import errors
from apispec.declaring import App, asking
from apispec.errors import TargetError
from apispec.introspection import Failure, Target, apps, beside, guarded, managing, prepared, resolve, scripts, servers
from apispec.runtime.streams import mend


def load(text: str, search_path: Sequence[str] = ()) -> Any:
    """What a target means: an App, a module of functions, or an app of another library or a module that holds one.

    Args:
        text: The target as the user typed it.
        search_path: Folders to import from, before the target's own.

    Raises:
        TargetError: It is not there or importing it fails; so for other errors of `apispec.errors` that it raises.
    """
    target = resolve(text, search_path=search_path)
    sys.path[:0] = [*search_path, *([target.folder] if target.folder else [])]
    sys.path += beside(target)
    prepared(target)
    servers.catch()
    try:
        with scripts.arguments(target.file):
            found = guarded(lambda: _object(target), target)
    finally:
        servers.release()
        mend()
    if isinstance(found, Failure):
        error = getattr(errors, found.error, TargetError)
        raise error(found.message, where=found.where, hint=found.hint, details=found.details)
    if not isinstance(found, (App, ModuleType)) and not apps.kind_of(found):
        kind = type(found).__name__
        raise TargetError(
            f"{text} is a {kind}; only an app or a module can be called", hint="name the module or its app"
        )
    return found


def _object(target: Target) -> Any:
    from apispec.introspection import member
    from apispec.introspection import module_of as import_module

    found: Any = managing.whole(target.file, target.attribute) or import_module(target)
    found = member(found, target)
    if target.attribute or not isinstance(found, ModuleType):
        return found
    ours = list(dict.fromkeys(value for value in vars(found).values() if asking.is_a(value, App)))
    return ours[0] if len(ours) == 1 else found
