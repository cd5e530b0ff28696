"""`typing.overload` and `functools.singledispatch`: what a function's variants say and it doesn't."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from apispec.introspection.texts import value_text

RESULT = "return"
"""The key of the result among hints by parameter name, as in `__annotations__`."""

_NONE = inspect.Parameter.empty


def overloads_of(function: Any) -> list[Any]:
    """The variants of a function in the order of the source; empty where there is none."""
    if not isinstance(function, types.FunctionType):
        return []
    dispatched = getattr(function, "registry", None)
    if isinstance(dispatched, Mapping):  # functools.singledispatch
        return [variant for cls, variant in dispatched.items() if cls is not object and callable(variant)]
    # typing.get_overloads makes an entry for every function that it is asked about
    registry: Any = getattr(typing, "_overload_registry", None)
    if registry is not None and function.__qualname__ not in registry.get(function.__module__, ()):
        return []
    return list(typing.get_overloads(function))


def overload_text(name: str, variant: Any) -> str:
    """The signature of a variant as Python writes it."""
    try:
        signature = inspect.signature(variant)
    except (TypeError, ValueError):
        return f"{name}(...)"
    parameters = [
        parameter if parameter.default is _NONE else parameter.replace(default=_Shown(parameter.default))
        for parameter in signature.parameters.values()
    ]
    return name + str(signature.replace(parameters=parameters)).replace("'", "")


class _Shown:
    """A default whose `repr` is safe to show."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return value_text(self.value)


def hints_of(variants: list[Any], resolve: Callable[[Any, bool], Any]) -> dict[str, Any]:
    """All that the variants say about each parameter, and under `RESULT` about the result, as unions.

    Args:
        variants: From `overloads_of`.
        resolve: Makes a hint of an annotation; told whether it is that of a result.
    """
    said: dict[str, list[Any]] = {}
    for variant in variants:
        try:
            signature = inspect.signature(variant)
        except (TypeError, ValueError):
            continue
        for parameter in signature.parameters.values():
            if parameter.annotation is not _NONE:
                said.setdefault(parameter.name, []).append(resolve(parameter.annotation, False))
        if signature.return_annotation is not _NONE:
            said.setdefault(RESULT, []).append(resolve(signature.return_annotation, True))
    return {name: union_of(hints) for name, hints in said.items()}


def union_of(hints: list[Any]) -> Any:
    """What several variants say together: each hint once, and no literal beside the type that it is of."""
    unique: list[Any] = []
    for hint in hints:
        if not any(hint is other or hint == other for other in unique):
            unique.append(hint)
    wider = [hint for hint in unique if not _is_within(hint, unique)]
    if len(wider) == 1:  # typing would give an equal union back whose parts may stand in another order
        return wider[0]
    try:
        return typing.Union[tuple(wider)]
    except TypeError:
        return wider[0]


def _is_within(hint: Any, hints: list[Any]) -> bool:
    """Whether a hint is a `Literal` of values that all are of one of the other hints: `Literal[True]` beside `bool`."""
    return typing.get_origin(hint) is typing.Literal and all(type(value) in hints for value in typing.get_args(hint))
