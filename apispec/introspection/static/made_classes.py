"""Classes made by a call: `namedtuple("Pair", "a b")`, `make_dataclass(...)`, pydantic's `create_model(...)`.

Each is made again of the same names, hints and values, which are read as those of a `class` statement are.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
import typing
from typing import TYPE_CHECKING, Any

import pydantic
import typing_extensions

from apispec.introspection.static.safety import UnreadableError, is_dunder, is_type, may_build_on, rebuilt

if TYPE_CHECKING:
    from apispec.introspection.static.values import Evaluator

_MOST = 1000
"""Fields of one class."""


def makes_class(called: Any) -> bool:
    """Whether a function makes classes in a way that is known here."""
    return any(called is known for known in _MAKERS)


def make(called: Any, node: ast.Call, evaluator: Evaluator) -> Any:
    """The class that a call makes.

    Raises:
        UnreadableError: Only running it would tell.
    """
    if any(isinstance(arg, ast.Starred) for arg in node.args) or any(k.arg is None for k in node.keywords):
        raise UnreadableError(ast.unparse(node))
    made = _MAKERS[called](called, node, evaluator)
    rebuilt.add(made)
    return made


def _typing_class(called: Any, node: ast.Call, evaluator: Evaluator) -> Any:
    """`NamedTuple("Pair", [("a", int)])` and `TypedDict("Options", {"a": int}, total=False)`."""
    name, fields = node.args
    hints = [(key, hint) for key, hint, _ in _fields(fields, evaluator)]
    options = {str(k.arg): evaluator.value(k.value) for k in node.keywords}
    return called(_name(name, evaluator), hints if called is typing.NamedTuple else dict(hints), **options)


def _namedtuple(called: Any, node: ast.Call, evaluator: Evaluator) -> Any:
    name, fields = node.args
    names = evaluator.value(fields)
    options = {str(k.arg): evaluator.value(k.value) for k in node.keywords if k.arg in ("defaults", "rename")}
    names = names.replace(",", " ").split() if isinstance(names, str) else list(names)
    if len(names) > _MOST:
        raise UnreadableError(ast.unparse(node))
    return called(_name(name, evaluator), names, **options)


def _make_dataclass(called: Any, node: ast.Call, evaluator: Evaluator) -> Any:
    name, fields = node.args
    given: list[Any] = []
    for key, hint, value in _fields(fields, evaluator):
        given.append((key, hint, *([] if value is None else [evaluator.value(value)])))
    options = {str(k.arg): evaluator.value(k.value) for k in node.keywords if k.arg in ("frozen", "kw_only")}
    bases = next((evaluator.value(k.value) for k in node.keywords if k.arg == "bases"), ())
    if not all(isinstance(base, type) and may_build_on(base) for base in bases):
        raise UnreadableError(ast.unparse(node))
    return called(_name(name, evaluator), given, bases=tuple(bases), **options)


def _create_model(called: Any, node: ast.Call, evaluator: Evaluator) -> Any:
    given: dict[str, Any] = {}
    for keyword in node.keywords:
        name, value = str(keyword.arg), keyword.value
        if name == "__base__":
            bases = evaluator.value(value)
            bases = bases if isinstance(bases, tuple) else (bases,)
            if not all(isinstance(base, type) and may_build_on(base) for base in bases):
                raise UnreadableError(ast.unparse(node))
            given[name] = bases
        elif name in ("__config__", "__doc__"):
            given[name] = evaluator.value(value)
        elif is_dunder(name):
            continue  # where it is, what validates it
        elif isinstance(value, ast.Tuple) and len(value.elts) == 2:
            given[name] = (evaluator.hint(value.elts[0]), evaluator.value_or_text(value.elts[1]))
        else:
            hint = evaluator.hint(value)
            if not is_type(hint):
                raise UnreadableError(ast.unparse(node))
            given[name] = (hint, ...)
    (name_node,) = node.args
    return called(_name(name_node, evaluator), __module__=evaluator.module, **given)


def _fields(node: ast.expr, evaluator: Evaluator) -> list[tuple[str, Any, ast.expr | None]]:
    """Names, hints and values of fields that stand in a dict, or in a list of names and tuples."""
    if isinstance(node, ast.Dict) and None not in node.keys:
        pairs = zip(typing.cast("list[ast.expr]", node.keys), node.values, strict=True)
        return [(evaluator.value(key), evaluator.hint(item), None) for key, item in pairs]
    found: list[tuple[str, Any, ast.expr | None]] = []
    for item in node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]:
        if isinstance(item, ast.Constant) and isinstance(item.value, str):
            found.append((item.value, Any, None))
        elif isinstance(item, ast.Tuple) and len(item.elts) in (2, 3):
            name, hint, *value = item.elts
            found.append((evaluator.value(name), evaluator.hint(hint), value[0] if value else None))
        else:
            raise UnreadableError(ast.unparse(node))
    return found


def _name(node: ast.expr, evaluator: Evaluator) -> str:
    name = evaluator.value(node)
    if not isinstance(name, str) or not name.isidentifier():
        raise UnreadableError(ast.unparse(node))
    return name


_MAKERS: dict[Any, Any] = {
    typing.NamedTuple: _typing_class,
    typing.TypedDict: _typing_class,
    typing_extensions.TypedDict: _typing_class,
    collections.namedtuple: _namedtuple,
    dataclasses.make_dataclass: _make_dataclass,
    pydantic.create_model: _create_model,
}
