"""Asking objects of a target, which may answer anything and raise anything: the one guarded home.

A lazy module raises `ModuleNotFoundError` where it is asked for an attribute, a proxy answers to every name, a property
exits. What is asked here gets an answer or the default; the kind of an object is asked of its type, never of itself.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterable
from typing import Any, Final

_ABSENT: Final = object()
_PLAIN: Final = frozenset({types.FunctionType, types.BuiltinFunctionType, types.CodeType})
"""What has no code of its own that could answer."""
_NOBODY_HAS: Final = "no_such_name_apispec_asks_for"


def attribute(value: Any, name: str, default: Any = None) -> Any:
    """An attribute, the default where there is none or asking raises; never an invented one.

    Some objects have every attribute that they are asked for. So what is answered to a name that nobody has counts as
    no answer.
    """
    if type(value) in _PLAIN:
        return getattr(value, name, default)
    try:
        found = getattr(value, name)
        if inspect.getattr_static(value, name, _ABSENT) is _ABSENT and answers_everything(value):
            return default
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return default
    return found


def has(value: Any, name: str) -> bool:
    """Whether there is an attribute that can be had."""
    return attribute(value, name, _ABSENT) is not _ABSENT


def is_a(value: Any, *kinds: type) -> bool:
    """Whether an object is an instance by its type; what it says itself of its class does not count."""
    return issubclass(type(value), kinds)


def is_routine(value: Any) -> bool:
    """Whether an object is a function, a method or what is one to Python: `inspect.isroutine` that never raises."""
    try:
        return inspect.isroutine(value)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return False


def static(value: Any, name: str) -> Any:
    """An attribute without running anything of the object's; None where there is none."""
    try:
        return inspect.getattr_static(value, name, None)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return None


def probe(values: Iterable[Any]) -> None:
    """Look at values as everything later does that decides on their kinds.

    Raises:
        BaseException: Whatever one of them raises when it is looked at.
    """
    for value in values:
        if type(value).__module__ != "builtins":
            isinstance(value, _Nobody)
            hasattr(value, "_no_name")


class _Nobody:
    """What nothing is an instance of."""


def text(value: Any, write: Callable[[Any], str]) -> str:
    """What `write` makes of an object; the name of its type where that raises."""
    try:
        return write(value)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return type(value).__name__


def answers_everything(value: Any) -> bool:
    """Whether an object has whatever attribute it is asked for, as stand-ins do."""
    try:
        getattr(value, _NOBODY_HAS)
    except BaseException:
        return False
    return True
