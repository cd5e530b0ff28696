"""What decorators of click say of a function, read from the source: its options are its parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from apispec.introspection.commands import signature
from apispec.introspection.static.functions import FunctionNode
from apispec.introspection.static.safety import UnreadableError
from apispec.introspection.static.values import Evaluator, Opaque

_KINDS = {"option": "Option", "argument": "Argument", "password_option": "Option"}


def is_group(node: FunctionNode, evaluator: Evaluator, statements: Mapping[str, ast.stmt]) -> bool:
    """Whether a function is a group of commands, which nobody calls by itself. Arguments as for `as_command`."""
    return any(
        _name(decorator, evaluator) == "group"
        or isinstance(statements.get(_owner(decorator, "group")), ast.FunctionDef)
        for decorator in node.decorator_list
    )


def as_command(found: Any, node: FunctionNode, evaluator: Evaluator, statements: Mapping[str, ast.stmt]) -> Any:
    """The function with the parameters that it has as a command of click, where it is one.

    Args:
        found: The rebuilt function.
        node: Its statement.
        evaluator: What names mean there.
        statements: What binds each name of the module.
    """
    names = [_name(decorator, evaluator) for decorator in node.decorator_list]
    of_groups = [_owner(decorator, "command") for decorator in node.decorator_list]
    known = any(isinstance(statements.get(group), ast.FunctionDef) for group in of_groups if group)
    if not (known or "command" in names or (any(of_groups) and _KINDS.keys() & set(names))):
        return found
    import click

    parameters: list[click.Parameter] = []
    for name, decorator in zip(names, node.decorator_list, strict=True):
        call = decorator if isinstance(decorator, ast.Call) else None
        options = _options(call, evaluator)
        if name == "command" or _owner(decorator, "command"):
            _say(found, options)
        elif name in _KINDS:
            given = [evaluator.value_or_text(arg) for arg in call.args] if call else []
            words = [word for word in given if isinstance(word, str)] or ["--password"]
            if name == "password_option":
                options |= {"prompt": True}
            parameters.append(_parameter(getattr(click, _KINDS[name]), words, options))
    found.__signature__ = signature(parameters, dict(found.__annotations__))
    return found


def _parameter(kind: Any, words: list[str], options: dict[str, Any]) -> Any:
    try:
        return kind(words, **options)
    except Exception:  # what click says to wrong options, it says when the module is imported, too
        return kind(words)


def _say(found: Any, options: dict[str, Any]) -> None:
    if isinstance(options.get("help"), str):
        found.__doc__ = options["help"]
    if options.get("deprecated"):
        found.__deprecated__ = options["deprecated"] if isinstance(options["deprecated"], str) else ""


def _options(call: ast.Call | None, evaluator: Evaluator) -> dict[str, Any]:
    """The keyword arguments of a decorator that can be read; without a class of one's own, whose code does not run."""
    read = {
        k.arg: evaluator.value_or_text(k.value) for k in (call.keywords if call else ()) if k.arg and k.arg != "cls"
    }
    return {name: value for name, value in read.items() if name == "default" or not isinstance(value, Opaque)}


def _owner(decorator: ast.expr, method: str) -> str:
    """The name of what `@owner.command(...)` is of; empty where it is something else."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(function, ast.Attribute) and function.attr == method and isinstance(function.value, ast.Name):
        return function.value.id if function.value.id not in ("click", "rich_click") else ""
    return ""


def _name(decorator: ast.expr, evaluator: Evaluator) -> str:
    """The name of a decorator of click's; empty for another."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    try:
        found = evaluator.named(function)
    except UnreadableError:
        return ""
    is_clicks = getattr(found, "__module__", "") == "click.decorators"
    return str(getattr(found, "__name__", "")) if is_clicks else ""
