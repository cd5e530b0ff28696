"""Defaults that are another value at every run: a clock, a random number, an id, the folder of this machine.

Shown as they are written, so that the same source gives the same document.
"""

from __future__ import annotations

import ast
import re
from types import FunctionType
from typing import Any

from apispec.introspection.scopes import scope_of

_NAMES = frozenset(
    (
        *("now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "ctime"),
        *("uuid1", "uuid4", "random", "randint", "randrange", "uniform", "choice", "getrandbits", "urandom"),
        *("token_hex", "token_bytes", "token_urlsafe", "default_rng", "RandomState"),
        *(
            "getpid",
            "getcwd",
            "cwd",
            "home",
            "gethostname",
            "getuser",
            "mkdtemp",
            "mkstemp",
            "gettempdir",
            "expanduser",
        ),
    )
)
_CALL = re.compile(rf"\b(?:{'|'.join(sorted(_NAMES))})\(")
_LONGEST = 60
"""Lines of a signature that are looked through."""


class AsWritten:
    """Stands for a default that is known by its source alone.

    Args:
        text: The expression.
    """

    only_written = True

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def volatile_defaults(function: Any) -> dict[str, str]:
    """The defaults of a function that are another value at every run: parameter → as it is written.

    Args:
        function: The function that was written; for anything else nothing is known.
    """
    if type(function) is not FunctionType or not any(map(_may_be_volatile, _values(function))):
        return {}
    scope, first = scope_of(function.__globals__), function.__code__.co_firstlineno
    if not _CALL.search(scope.text.lines(first, first + _LONGEST)):
        return {}
    tree = scope.text.function_tree(first)
    if not isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef)) or tree.name != function.__code__.co_name:
        return {}
    args = tree.args
    named = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(named[len(named) - len(args.defaults) :], args.defaults, strict=True),
        *(
            (arg, default)
            for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
            if default is not None
        ),
    ]
    return {arg.arg: ast.unparse(default) for arg, default in pairs if _is_volatile(default)}


def _values(function: FunctionType) -> list[Any]:
    return [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]


def _may_be_volatile(value: Any) -> bool:
    """Whether a default may come from such a call: no short text or number that people write."""
    kind = type(value)
    if kind is str or kind is bytes:
        return len(value) >= 8
    if kind is int or kind is float:
        return abs(value) > 100_000 or (kind is float and len(repr(value)) > 8)
    return value is not None and kind is not bool and kind not in (list, dict, set)


def _is_volatile(node: ast.expr) -> bool:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            called = getattr(inner.func, "attr", getattr(inner.func, "id", ""))
            if called in _NAMES and not (called == "time" and inner.args):  # time(8, 30) is a time of day
                return True
    return False
