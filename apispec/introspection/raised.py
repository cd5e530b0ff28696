"""The `apispec.Error`s that a function plainly raises: `raise Error(404, "No such pet")`, `raise NotFound(...)`.

Read from the function's source; nothing is run, and what its helpers raise is not followed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from types import CodeType
from typing import Any

from apispec.declaring import Error, asking
from apispec.introspection.scopes import scope_of


def raised_errors(function: Any) -> dict[int, str]:
    """Title by status of the Errors in `raise` statements with a status that is written out; empty for most functions.

    Args:
        function: A Python function; anything else raises nothing that can be read.
    """
    code = asking.attribute(function, "__code__")
    namespace = asking.attribute(function, "__globals__")
    if (
        not isinstance(code, CodeType)
        or not isinstance(namespace, dict)
        or not any(_is_error(namespace, name) for name in code.co_names)
    ):
        return {}
    tree = scope_of(namespace).text.function_tree(code.co_firstlineno)
    found: dict[int, str] = {}
    for call in _raises(tree) if tree is not None else ():
        status, title = _said(call, namespace)
        if status is not None:
            found.setdefault(status, title)
    return found


def _is_error(namespace: Mapping[str, Any], name: str) -> bool:
    value: Any = namespace.get(name)
    if asking.is_a(value, type):
        return issubclass(value, Error)
    return asking.attribute(value, "Error") is Error  # import apispec; raise apispec.Error(...)


def _raises(tree: ast.stmt) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield node.exc


def _said(expression: ast.expr, namespace: Mapping[str, Any]) -> tuple[int | None, str]:
    """Status and title of a raised expression; no status where it is no Error or not written out."""
    call = expression if isinstance(expression, ast.Call) else None
    named = call.func if call is not None else expression
    cls: Any = None
    if isinstance(named, ast.Name):
        cls = namespace.get(named.id)
    elif isinstance(named, ast.Attribute) and isinstance(named.value, ast.Name):
        cls = asking.attribute(namespace.get(named.value.id), named.attr)
    if not (isinstance(cls, type) and issubclass(cls, Error)):
        return None, ""
    own_signature = cls.__init__ is Error.__init__
    arguments = _literals(call) if call is not None and own_signature else {}
    status = arguments.get("status", cls.status)
    if isinstance(status, str):  # NotFound("no such pet")
        status = cls.status
    title = arguments.get("title", cls.title)
    return (status if isinstance(status, int) and 400 <= status <= 599 else None), title if isinstance(
        title, str
    ) else ""


def _literals(call: ast.Call) -> dict[str, Any]:
    """The arguments `status` and `title` as they are written; None for what is computed."""
    given: dict[str, ast.expr] = dict(zip(("status", "title"), call.args, strict=False))
    given.update({keyword.arg: keyword.value for keyword in call.keywords if keyword.arg})
    known = {name: given[name] for name in ("status", "title") if name in given}
    return {name: node.value if isinstance(node, ast.Constant) else None for name, node in known.items()}
