"""Types from stub files for what the source leaves without hints: the package's own `.pyi`, a stub package, typeshed.

Typeshed is used where a type checker that carries it is installed; nothing is imported for it. Only types that are
understood whole are taken.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import operator
import re
import sys
import types
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from apispec.declaring import asking
from apispec.introspection.hints import leaves_replaced, resolve
from apispec.introspection.overloads import RESULT, union_of
from apispec.introspection.placeholders import is_placeholder
from apispec.introspection.scopes import Scope

_TYPESHEDS = (("mypy", "typeshed/stdlib"), ("typeshed_client", "typeshed"), ("jedi", "third_party/typeshed/stdlib/3"))
"""Packages that carry typeshed's standard library, and where in them."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def stub_hints(function: Any) -> dict[str, Any]:
    """Hints by parameter name, and under `return` that of the result, as far as a stub says them. Never raises.

    Of several overloads each parameter has all that they say.
    """
    scope, found = _definitions(function)
    said: dict[str, list[Any]] = {}
    for definition in found:
        arguments = definition.args
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            if argument.annotation is not None:
                said.setdefault(argument.arg, []).append(_hint(argument.annotation, scope, result=False))
        if definition.returns is not None:
            said.setdefault(RESULT, []).append(_hint(definition.returns, scope, result=True))
    return {name: union_of(hints) for name, hints in said.items() if all(hint is not None for hint in hints)}


def stub_signature(function: Any) -> inspect.Signature | None:
    """The parameters that a stub gives a function which Python can't tell them of; None where it is overloaded."""
    _, found = _definitions(function)
    if len(found) != 1 or not isinstance(asking.attribute(function, "__self__"), (types.ModuleType, types.NoneType)):
        return None
    try:
        return inspect.Signature(list(_parameters(found[0].args)))
    except ValueError:
        return None


def _parameters(arguments: ast.arguments) -> Iterator[inspect.Parameter]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [*[None] * (len(positional) - len(arguments.defaults)), *arguments.defaults]
    for i, (argument, default) in enumerate(zip(positional, defaults, strict=True)):
        hidden = argument.arg.startswith("__")  # positional-only, as stubs wrote it before Python 3.8
        only = i < len(arguments.posonlyargs) or hidden
        kind = inspect.Parameter.POSITIONAL_ONLY if only else inspect.Parameter.POSITIONAL_OR_KEYWORD
        yield inspect.Parameter(argument.arg.strip("_") or argument.arg, kind, default=_default(default))
    if arguments.vararg is not None:
        yield inspect.Parameter(arguments.vararg.arg, inspect.Parameter.VAR_POSITIONAL)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield inspect.Parameter(argument.arg, inspect.Parameter.KEYWORD_ONLY, default=_default(default))
    if arguments.kwarg is not None:
        yield inspect.Parameter(arguments.kwarg.arg, inspect.Parameter.VAR_KEYWORD)


def _default(node: ast.expr | None) -> Any:
    if node is None:
        return inspect.Parameter.empty
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ...


def _definitions(function: Any) -> tuple[Scope, list[Function]]:
    """The stub's definitions of a function, and where their names are looked up."""
    module, name = asking.attribute(function, "__module__"), asking.attribute(function, "__qualname__")
    if not isinstance(module, str) or not isinstance(name, str):
        return _nowhere(), []
    scope = _stub(module)
    return (_nowhere(), []) if scope is None else (scope, _functions(module).get(name, []))


@cache
def _functions(module: str) -> dict[str, list[Function]]:
    """The functions of a module's stub by qualified name, overloads together."""
    scope = _stub(module)
    found: dict[str, list[Function]] = {}
    stack = [("", scope.text.tree.body)] if scope is not None and scope.text.tree is not None else []
    while stack:
        prefix, body = stack.pop()
        for statement in _statements(body):
            if isinstance(statement, ast.ClassDef):
                stack.append((f"{prefix}{statement.name}.", statement.body))
            elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found.setdefault(prefix + statement.name, []).append(statement)
    return found


@cache
def _nowhere() -> Scope:
    return Scope({})


@cache
def _stub(module: str) -> Scope | None:
    """The names of a module's stub, None where it has none."""
    file = _stub_file(module)
    if file is None:
        return None
    loaded = sys.modules.get(module)
    names = dict(vars(loaded)) if isinstance(loaded, types.ModuleType) else {}
    return Scope({**names, "__name__": module, "__file__": str(file)}, is_stub=True)


def _stub_file(module: str) -> Path | None:
    parts = module.split(".")
    loaded = getattr(sys.modules.get(module), "__file__", None)
    if isinstance(loaded, str):
        file = Path(loaded)
        beside = file.with_name(file.name.split(".")[0] + ".pyi")
        if beside.is_file():
            return beside
    for folder in filter(None, sys.path):
        found = _in_folder(Path(folder) / f"{parts[0]}-stubs", parts[1:])
        if found is not None:
            return found
    if parts[0] in sys.stdlib_module_names:
        for package, inside in _TYPESHEDS:
            spec = importlib.util.find_spec(package)
            if spec is not None and spec.origin:
                found = _in_folder(Path(spec.origin).parent / inside, parts)
                if found is not None:
                    return found
    return None


def _in_folder(folder: Path, parts: list[str]) -> Path | None:
    if not folder.is_dir():
        return None
    path = folder.joinpath(*parts)
    for candidate in ([path.with_suffix(".pyi")] if parts else []) + [path / "__init__.pyi"]:
        if candidate.is_file():
            return candidate
    return None


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that count for this Python and platform."""
    for statement in body:
        if isinstance(statement, ast.If):
            yield from _statements(statement.body if _holds(statement.test) else statement.orelse)
        else:
            yield statement


def _holds(test: ast.expr) -> bool:
    """Whether a condition on `sys.version_info` or `sys.platform` holds; others are taken to. Nothing is evaluated."""
    if isinstance(test, ast.BoolOp):
        return (all if isinstance(test.op, ast.And) else any)(map(_holds, test.values))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return not _holds(test.operand)
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return True
    compare = _COMPARISONS.get(type(test.ops[0]))
    try:
        left, right = _told(test.left), ast.literal_eval(test.comparators[0])
        return True if compare is None else bool(compare(left, right))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return True


def _told(node: ast.expr) -> Any:
    """What the left side of a condition on this Python or platform is.

    Raises:
        ValueError: It is about something else.
    """
    text = ast.unparse(node)
    if text == "sys.platform":
        return sys.platform
    found = re.fullmatch(r"sys\.version_info(?:\[(:?)(\d)\])?", text)
    if found is None:
        raise ValueError(text)
    if not found[2]:
        return tuple(sys.version_info)
    return sys.version_info[: int(found[2])] if found[1] else sys.version_info[int(found[2])]


_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _hint(annotation: ast.expr, scope: Scope, *, result: bool) -> Any:
    """The hint, None where a part of it is not understood."""
    hint = resolve(ast.unparse(annotation), scope, result=result)
    unknown: list[Any] = []

    def check(leaf: Any) -> Any:
        if is_placeholder(leaf):
            unknown.append(leaf)
        return leaf

    leaves_replaced(hint, check)
    if unknown or hint is Any or hint is object:  # says nothing
        return None
    return type(None) if hint is None else hint
