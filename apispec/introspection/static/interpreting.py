"""What a text means where nothing may be evaluated: in stubs of libraries, as a forward reference."""

from __future__ import annotations

import ast
import types
from collections.abc import Mapping
from functools import partial
from typing import Any

from apispec.introspection.scopes import TYPESHED, Scope
from apispec.introspection.static.safety import ModuleName, UnreadableError, builtin, is_dunder, library_object
from apispec.introspection.static.values import Evaluator

_DEEPEST = 20
"""Aliases of aliases."""


def interpret(scope: Scope, text: str, names: Mapping[str, Any], depth: int = 0) -> Any:
    """The type that a text names; what is unknown in it is a placeholder. Never raises.

    Args:
        scope: The module that it is written in.
        text: A Python expression.
        names: More names.
        depth: How many aliases led here.
    """
    return Evaluator(partial(_lookup, scope, names, depth), _attribute).hint(text)


def _attribute(module: str, name: str) -> Any:
    return library_object(f"{module}.{name}")


def _lookup(scope: Scope, names: Mapping[str, Any], depth: int, name: str) -> Any:
    """What a name stands for.

    Raises:
        UnreadableError: It is not known.
    """
    if is_dunder(name) or depth > _DEEPEST:
        raise UnreadableError(name)
    for known in (names, scope.namespace):
        if name in known:
            found = known[name]
            return ModuleName(found.__name__) if isinstance(found, types.ModuleType) else found
    statement = scope.text.statement(name)
    if isinstance(statement, ast.Import):
        alias = next(a for a in statement.names if (a.asname or a.name.split(".")[0]) == name)
        return ModuleName(alias.name if alias.asname else name)
    if isinstance(statement, ast.ImportFrom):
        alias = next(a for a in statement.names if (a.asname or a.name) == name)
        if statement.module == "_typeshed" and alias.name in TYPESHED:
            return TYPESHED[alias.name]
        if statement.level or not statement.module:
            raise UnreadableError(name)
        return library_object(f"{statement.module}.{alias.name}")
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
        return interpret(scope, ast.unparse(statement.value), names, depth + 1)
    return builtin(name)
