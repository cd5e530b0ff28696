"""What is true of a function, found out without apispec: from its signature, and by line patterns and another parser."""

from __future__ import annotations

import inspect
import math
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

_NO_HINT = inspect.Parameter.empty


def signature(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter] | None:
    """The parameters, None where Python knows none."""
    try:
        return inspect.signature(function).parameters
    except (ValueError, TypeError):
        return None


def returns(function: Callable[..., Any]) -> Any:
    """The return hint, `inspect.Signature.empty` where there is none."""
    try:
        return inspect.signature(function).return_annotation
    except (ValueError, TypeError):
        return inspect.Signature.empty


def required(parameter: inspect.Parameter) -> bool:
    """Whether a call must give it."""
    return parameter.default is _NO_HINT and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)


def says_a_type(hint: Any) -> bool:
    """Whether there is a hint that is not `Any`, `object` or a free type variable, which say that everything goes."""
    if isinstance(hint, TypeVar) and hint.__bound__ is None and not hint.__constraints__:
        return False
    return hint is not _NO_HINT and str(hint).removeprefix("typing.") not in ("Any", "object", "<class 'object'>")


def json_default(parameter: inspect.Parameter) -> tuple[bool, Any]:
    """Whether the default is a value that JSON has, and that value."""
    if parameter.default is _NO_HINT or sys.prefix in str(parameter.default):  # this machine's folders are never told
        return False, None
    return _json(parameter.default)


def _json(value: Any) -> tuple[bool, Any]:
    if value is None or type(value) in (bool, int, str):
        return True, value
    if type(value) is float:
        return math.isfinite(value), value
    if type(value) in (list, tuple):
        items = [_json(item) for item in value]
        return all(ok for ok, _ in items), [item for _, item in items]
    if type(value) is dict and all(type(key) is str for key in value):
        pairs = {key: _json(item) for key, item in value.items()}
        return all(ok for ok, _ in pairs.values()), {key: item for key, (_, item) in pairs.items()}
    return False, None


def documented(function: Callable[..., Any], names: Mapping[str, Any]) -> set[str]:
    """The parameters that the docstring has a text for: found by a line pattern, or by docstring-parser where installed."""
    doc = inspect.getdoc(function)
    if not isinstance(doc, str):
        return set()
    return {name for name in names if _by_pattern(doc, name)} | (_by_parser(doc) & set(names))


def _by_pattern(doc: str, name: str) -> bool:
    n = re.escape(name)
    patterns = (
        rf"^[ \t]*(?:[-*+][ \t]+)?[`*]{{0,2}}\\?\*{{0,2}}{n}[`*]{{0,2}}(?:[ \t]*\([^\n]*?\))?(?::(?!:)|[ \t]+--)[ \t]*\S",
        rf"^[ \t]*\*{{0,2}}(?:\w+,[ \t]*)*{n}(?:,[ \t]*\*{{0,2}}\w+)*[ \t]+:[^\n]*\n[ \t]+\S",  # NumPy: a text below
        rf"^[ \t]*[:@]param[^:\n]*\b{n}[ \t]*:[ \t]*\S",
    )
    return any(re.search(pattern, doc, re.MULTILINE) for pattern in patterns)


def _by_parser(doc: str) -> set[str]:
    try:
        import docstring_parser
    except ImportError:
        return set()
    try:
        params = docstring_parser.parse(doc).params
    except Exception:
        return set()
    found = set()
    for param in params:
        if param.description:
            found |= {name.strip("*\\` ") for name in re.split(r"[,\s]+", param.arg_name)}
    return found
