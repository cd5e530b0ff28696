"""Modules that hold no app, but make one: by a factory (`create_app()`), or where they are run as a script."""

from __future__ import annotations

import inspect
import re
import types
from typing import Any

from apispec.declaring import App, asking
from apispec.introspection import apps
from apispec.introspection.libraries import is_supported
from apispec.introspection.scopes import scope_of
from apispec.introspection.written import is_plain, written

USUAL = ("create_app", "make_app", "get_app", "build_app", "create_application", "get_application")
"""Names by which factories are looked for, as Flask and others do."""

_MAKER = re.compile(r"(?:create|make|build|get|new)_")
"""How the name of another begins; `main` and `run` do more than to make an app."""


def usual_factory(module: types.ModuleType) -> str:
    """The function to call for a module's app: of a usual name, or the only one that makes one, without arguments.

    Empty where the module holds an app, says itself which functions are meant (`__all__`), or has no such function.
    """
    names = vars(module)
    if _says_itself(module):
        return ""
    known: list[str] = [
        name for name, library in written(str(names.get("__file__") or "")).factories().items() if is_supported(library)
    ]
    only = [name for name in known if _MAKER.match(name)] if len(known) == 1 else []
    for name in dict.fromkeys((*(name for name in USUAL if name in known), *only)):
        if _needs_nothing(names.get(name)):
            return str(name)
    return ""


def is_script(module: types.ModuleType) -> bool:
    """Whether a module that holds no app makes one where it is run as a script (`if __name__ == "__main__":`)."""
    file = str(vars(module).get("__file__") or "")
    return not _says_itself(module) and written(file).script()


def _says_itself(module: types.ModuleType) -> bool:
    names = vars(module)
    if "__all__" in names or any(asking.is_a(value, App) or apps.kind_of(value) for value in names.values()):
        return True
    return is_plain(scope_of(names).text.source)


def _needs_nothing(function: Any) -> bool:
    return isinstance(function, types.FunctionType) and not needed(function)


def needed(function: types.FunctionType) -> list[str]:
    """The parameters without which a function can't be called."""
    parameters = inspect.signature(function).parameters.values()
    loose = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [p.name for p in parameters if p.default is p.empty and p.kind not in loose]
