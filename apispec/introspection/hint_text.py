"""What the text of a hint means: evaluated whole, else part by part, so that one bad part costs only itself."""

from __future__ import annotations

import ast
import builtins
import operator
import types
import typing
from collections.abc import Mapping
from functools import reduce
from typing import Annotated, Any, Literal, Protocol

import typing_extensions

from apispec.introspection.placeholders import is_placeholder, placeholder


class Where(Protocol):
    """Where names are looked up: a module's scope."""

    namespace: dict[str, Any]

    def find(self, name: str) -> Any:
        """What only a type checker sees under a name."""

    def of(self, module: types.ModuleType) -> Where:
        """The same of another module."""


class Names(dict[str, Any]):
    """The local names under which a hint is evaluated: those given, then what only a type checker sees."""

    def __init__(self, where: Where, names: Mapping[str, Any]) -> None:
        super().__init__(names)
        self.where = where
        self.names = names

    def __missing__(self, name: str) -> Any:
        if name in self.where.namespace or hasattr(builtins, name):
            raise KeyError(name)  # the interpreter looks there next
        return self.where.find(name)


def evaluate(where: Where, text: str, names: Mapping[str, Any]) -> Any:
    """What a text means; what is unknown in it is a placeholder. Never raises.

    Args:
        where: The module in which it is written.
        text: A Python expression.
        names: More names, which come first.
    """
    local = Names(where, names)
    try:
        return _no_module(eval(text, where.namespace, local))
    except Exception:
        pass
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return placeholder(text)
    return evaluate_tree(tree, local)


def evaluate_tree(node: ast.expr, names: Names) -> Any:
    """Part by part, so that one bad part costs only itself."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return evaluate(names.where, node.value, names.names)
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = evaluate_tree(node.left, names), evaluate_tree(node.right, names)
        return _union(left, right)
    if isinstance(node, ast.Subscript):
        return _subscript(node, names)
    try:
        code = compile(ast.Expression(node), "<hint>", "eval")
        return _no_module(eval(code, names.where.namespace, names))
    except AttributeError:
        return _member(node, names)
    except Exception:
        return placeholder(ast.unparse(node))


def _member(node: ast.expr, names: Names) -> Any:
    """What only a type checker sees in another module: `types.Url`."""
    if isinstance(node, ast.Attribute):
        try:
            owner = eval(compile(ast.Expression(node.value), "<hint>", "eval"), names.where.namespace, names)
        except Exception:
            owner = None
        if isinstance(owner, types.ModuleType):
            return names.where.of(owner).find(node.attr)
    return placeholder(ast.unparse(node))


def _subscript(node: ast.Subscript, names: Names) -> Any:
    origin = evaluate_tree(node.value, names)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if origin in (Literal, typing_extensions.Literal):
        items = []
        for part in parts:
            try:
                items.append(eval(compile(ast.Expression(part), "<hint>", "eval"), names.where.namespace, names))
            except Exception:
                return placeholder(ast.unparse(node))
    elif origin is Annotated:
        items = [evaluate_tree(parts[0], names)]
        for part in parts[1:]:
            try:
                items.append(eval(compile(ast.Expression(part), "<hint>", "eval"), names.where.namespace, names))
            except Exception:
                continue
        if len(items) == 1:
            return items[0]
    else:
        items = [
            [evaluate_tree(p, names) for p in part.elts] if isinstance(part, ast.List) else evaluate_tree(part, names)
            for part in parts
        ]
    try:
        return origin[tuple(items) if isinstance(node.slice, ast.Tuple) else items[0]]
    except Exception:  # generic for type checkers alone: `pd.Series[float]`
        return origin if isinstance(origin, type) and not is_placeholder(origin) else placeholder(ast.unparse(node))


def _no_module(hint: Any) -> Any:
    """A module is no type: `datetime` for `datetime.datetime` is a mistake that says nothing."""
    return placeholder(hint.__name__) if isinstance(hint, types.ModuleType) else hint


def _union(left: Any, right: Any) -> Any:
    try:
        return typing.Union[left, right]
    except TypeError:
        try:
            return reduce(operator.or_, (left, right))
        except TypeError:
            return placeholder(f"{left} | {right}")
