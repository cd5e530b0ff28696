"""Defaults that are another value at every run: a clock, a random number, an id, the folder of this machine.

Shown as they are written, so that the same source gives the same document.
"""

from __future__ import annotations

import ast
import re
from types import CodeType
from typing import Any

from apispec.declaring import asking
from apispec.introspection.scopes import Scope, scope_of

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

_lines: dict[int, tuple[Scope, frozenset[int]]] = {}


class AsWritten:
    """Stands for a default that is known by its source alone.

    Args:
        text: The expression.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def volatile_defaults(function: Any) -> dict[str, str]:
    """The defaults of a function that are another value at every run: parameter → as it is written.

    Args:
        function: The function that was written; for anything else nothing is known.
    """
    code, namespace = asking.attribute(function, "__code__"), asking.attribute(function, "__globals__")
    if not isinstance(code, CodeType) or not isinstance(namespace, dict):
        return {}
    scope = scope_of(namespace)
    if id(scope) not in _lines:
        text = scope.text.source
        found = frozenset(text.count("\n", 0, m.start()) + 1 for m in _CALL.finditer(text)) if text else frozenset()
        _lines[id(scope)] = (scope, found)
    lines, first = _lines[id(scope)][1], code.co_firstlineno
    if not lines or not any(first <= line < first + _LONGEST for line in lines):
        return {}
    tree = scope.text.function_tree(first)
    if not isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef)) or tree.name != code.co_name:
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


def _is_volatile(node: ast.expr) -> bool:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            called = getattr(inner.func, "attr", getattr(inner.func, "id", ""))
            if called in _NAMES and not (called == "time" and inner.args):  # time(8, 30) is a time of day
                return True
    return False
