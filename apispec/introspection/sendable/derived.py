"""Classes made of Python's own: `class UserId(str)`, `class Ids(list[int])`. They travel as what they are made of."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable
from typing import Any, get_origin

import typing_extensions

from apispec.introspection.sendable import Sent

_DUMPS: dict[type, Callable[[Any], Any]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    bytes: bytes.__bytes__ if hasattr(bytes, "__bytes__") else bytes,
    list: list,
    dict: dict,
    set: set,
    frozenset: frozenset,
    tuple: tuple,
}
_KNOWN = ("builtins", "collections", "typing", "typing_extensions", "enum", "pydantic", "pydantic_core")


def sent(hint: Any) -> Sent | None:
    """How values of such a class travel; None for classes that pydantic knows."""
    if type(hint) is not type or not issubclass(hint, tuple(_DUMPS)):  # enumerations have a metaclass
        return None
    if hint.__module__.partition(".")[0] in _KNOWN or issubclass(hint, enum.Enum) or hasattr(hint, "_fields"):
        return None
    if hasattr(hint, "__get_pydantic_core_schema__") or typing_extensions.is_typeddict(hint):
        return None
    make: Any = hint
    base = next(cls for cls in hint.__mro__ if cls in _DUMPS)
    if any(cls.__module__ == "collections" for cls in hint.__mro__) or not _takes_one(hint):
        return None

    def load(value: Any) -> Any:
        try:
            return make(value)
        except ValueError:
            raise
        except Exception as error:
            raise ValueError(str(error) or type(error).__name__) from error

    return Sent(_made_of(hint, base), load, _DUMPS[base])


def _made_of(cls: type, base: type) -> Any:
    """The base as it was written: `list[int]`."""
    for one in cls.__mro__:
        for written in one.__dict__.get("__orig_bases__", ()):
            if get_origin(written) is base and not getattr(written, "__parameters__", ()):
                return written
    return base


def _takes_one(cls: Any) -> bool:
    """Whether an instance is made of one value."""
    if "__new__" not in _own(cls) and "__init__" not in _own(cls):
        return True
    try:
        inspect.signature(cls).bind(None)
    except TypeError:
        return False
    except ValueError:  # Python does not tell
        return True
    return True


def _own(cls: type) -> set[str]:
    """What the classes of the user's say themselves."""
    return {name for one in cls.__mro__ if one not in _DUMPS and one is not object for name in one.__dict__}
