"""numpy: scalars as the numbers they are, arrays as lists, as deep as they have dimensions."""

from __future__ import annotations

import datetime
import math
import sys
import types
from typing import Any, Union, get_args, get_origin

from apispec.introspection.sendable import Sent

_ITEMS = {"i": int, "u": int, "f": float, "b": bool, "U": str, "S": str, "M": datetime.datetime}
_DEPTH = 3


def sent(hint: Any) -> Sent | None:
    """How a numpy type travels."""
    np = sys.modules["numpy"]
    origin = get_origin(hint) or hint
    if not isinstance(origin, type) or origin is types.UnionType:
        return _alias(np, hint)
    if issubclass(origin, np.ndarray):
        return _array(np, _dtype_of(np, hint))
    if issubclass(origin, np.generic):
        kind = _scalar(np, origin)
        return None if kind is None else Sent(kind, origin if origin not in _ABSTRACT(np) else kind, lambda v: v.item())
    return None


def _alias(np: Any, hint: Any) -> Sent | None:
    """What travels for `ArrayLike` and `DTypeLike`, alone or in a union with None: unions of protocols."""
    typed = sys.modules.get("numpy.typing")
    if typed is None or get_origin(hint) not in (Union, types.UnionType):
        return None
    given = set(get_args(hint))
    for alias, travels, dump in (
        (typed.ArrayLike, _like(), lambda value: None if value is None else numbers(np.asarray(value).tolist())),
        (typed.DTypeLike, str, lambda value: None if value is None else str(np.dtype(value))),
    ):
        parts = set(get_args(alias))
        rest = given - parts
        if parts and parts <= given | {type(None)} and rest <= {type(None), bool, int, float, complex, str, bytes}:
            shown = ([1.5, 2.5],) if travels is not str else ()
            return Sent(travels | None if type(None) in given else travels, lambda value: value, dump, shown)
    return None


def _like() -> Any:
    """What numpy makes an array of: a number, a text, and lists of them."""
    cell = Union[bool, int, float, str, None]
    found: list[Any] = [Union[bool, int, float, str]]
    for _ in range(_DEPTH):
        found.append(list[cell] if len(found) == 1 else list[found[-1]])  # type: ignore[valid-type]
    return Union[tuple(found)]


def _ABSTRACT(np: Any) -> tuple[Any, ...]:  # noqa: N802
    return (np.integer, np.signedinteger, np.unsignedinteger, np.floating, np.inexact, np.number, np.generic)


def _scalar(np: Any, cls: type) -> Any:
    for base, kind in (
        (np.bool_, bool), (np.integer, int), (np.floating, float), (np.str_, str), (np.datetime64, datetime.datetime),
        (np.timedelta64, datetime.timedelta), (np.complexfloating, complex), (np.number, float),
    ):  # fmt: skip
        if issubclass(cls, base):
            return kind
    return None


def _dtype_of(np: Any, hint: Any) -> Any:
    """The scalar class of `NDArray[float64]`; None where it says none."""
    for arg in get_args(hint):
        if get_origin(arg) is np.dtype or isinstance(arg, np.dtype):
            inner = get_args(arg)
            if inner and isinstance(inner[0], type) and issubclass(inner[0], np.generic):
                return inner[0]
    return None


def _array(np: Any, scalar: Any) -> Sent:
    item: Any = (None if scalar is None else _scalar(np, scalar)) or float
    dtype = scalar if scalar is not None and scalar not in _ABSTRACT(np) else {int: np.int64}.get(item, item)
    cell: Any = Union[item, None] if item is float else item  # what is not a number is null
    depths: list[Any] = [list[cell]]
    for _ in range(_DEPTH - 1):
        depths.append(list[depths[-1]])  # type: ignore[valid-type]

    def load(value: Any) -> Any:
        try:
            return np.array(value, dtype=dtype)
        except (TypeError, ValueError) as error:
            raise ValueError(f"no array: {error}") from None

    return Sent(Union[tuple(depths)], load, lambda array: numbers(np.asarray(array).tolist()))


def numbers(value: Any) -> Any:
    """Nested lists with null for what is not a finite number."""
    if isinstance(value, list):
        return [numbers(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
