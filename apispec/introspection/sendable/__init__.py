"""Types of other libraries that pydantic can't describe, made sendable: what travels for each, and both ways.

One small module per library, asked only where the target has imported that library. A package adds its own with the
entry-point group `apispec.types`: the object it names is called with a hint and gives a `Sent`, or None.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

GROUP = "apispec.types"

_MODULES = {
    "numpy": "arrays",
    "pandas": "frames",
    "polars": "frames",
    "PIL": "images",
    "matplotlib": "images",
    "attr": "classes",
    "msgspec": "classes",
    "pydantic.v1": "classes",
}
"""Library → the module here that knows its types."""

_STREAMS = "streams"
TABLE = [{"name": "a", "value": 1.5}, {"name": "b", "value": 2.5}]
NUMBERS = [1, 2]
WORDS = ["a", "b"]
"""Examples of what no hint says the content of."""

_OPAQUE = (Callable,)


@dataclass(frozen=True, slots=True)
class Sent:
    """How values of a type travel. It stands beside the type in `Annotated`, where pydantic asks it."""

    hint: Any
    """What travels, as a hint that pydantic can describe."""
    load: Callable[[Any], Any]
    """From what travels to a value; raises ValueError where it is none."""
    dump: Callable[[Any], Any]
    """From a value to what travels."""
    examples: tuple[Any, ...] = ()
    whole: bool = False
    """Whether `hint` loads and dumps by itself."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        if self.whole:
            return handler.generate_schema(self.hint)
        inner = self.hint if isinstance(self.hint, dict) else handler.generate_schema(self.hint)
        dumping = core_schema.plain_serializer_function_ser_schema(self.dump, return_schema=inner)
        return core_schema.no_info_after_validator_function(self.load, inner, serialization=dumping)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(schema)
        return {**described, "examples": list(self.examples)} if self.examples else described

    def __hash__(self) -> int:
        return id(self)


def is_invented(example: Any) -> bool:
    """Whether an example is one that stands for what no hint says the content of."""
    return example in (TABLE, NUMBERS, WORDS)


def sendable(hint: Any) -> Any:
    """A hint with the types of other libraries made sendable; the same object where there is none."""
    return _walk(hint, _asked(), 0)


def plain(value: Any) -> tuple[bool, Any]:
    """What travels for a value that no hint told of, and whether one is known: numpy's scalars, frames, structs."""
    made = sent(type(value))
    return (False, None) if made is None else (True, made.dump(value))


def sent(hint: Any) -> Sent | None:
    """How values of a type travel; None for all that pydantic knows, and for what nobody does."""
    return _sent(hint, _asked())


def _asked() -> tuple[str, ...]:
    """The modules here that may know a type: of libraries that the target has imported, and of Python's own."""
    return (*dict.fromkeys(known for library, known in _MODULES.items() if library in sys.modules), "derived", _STREAMS)


def _walk(hint: Any, asked: tuple[str, ...], depth: int) -> Any:
    if depth > 40:
        return hint
    from apispec.introspection.sendable.members import members

    found = _sent(hint, asked)
    if found is not None:
        return Annotated[Any, found]
    origin = get_origin(hint)
    if origin is None or origin is Literal:
        return members(hint) if origin is Literal or type(hint) is not type else hint
    if origin in _OPAQUE or getattr(origin, "__name__", "") == "Callable":
        return hint
    if origin is Annotated:
        inner = _walk(hint.__origin__, asked, depth + 1)
        said = tuple(_said(one) for one in hint.__metadata__) if "msgspec" in sys.modules else hint.__metadata__
        changed = inner is not hint.__origin__ or any(
            new is not old for new, old in zip(said, hint.__metadata__, strict=True)
        )
        return Annotated[(inner, *said)] if changed else hint
    args = get_args(hint)
    if origin in (Union, types.UnionType) and len([arg for arg in args if arg is not type(None)]) > 1:
        asked = tuple(name for name in asked if name != _STREAMS)  # a text or a stream: the text is sent
    made = tuple(arg if isinstance(arg, list) or arg is ... else _walk(arg, asked, depth + 1) for arg in args)
    if all(new is old for new, old in zip(made, args, strict=True)):
        return hint
    from apispec.introspection.hints import rebuilt

    try:
        return rebuilt(hint, made)
    except Exception:
        return hint


def _said(metadata: Any) -> Any:
    """Metadata of msgspec as pydantic's."""
    from apispec.introspection.sendable.constraints import of_msgspec

    return of_msgspec(metadata)


def _sent(hint: Any, asked: tuple[str, ...]) -> Sent | None:
    for name in asked:
        found: Sent | None = import_module(f"apispec.introspection.sendable.{name}").sent(hint)
        if found is not None:
            return found
    for make in _entries():
        found = make(hint)
        if isinstance(found, Sent):
            return found
    return None


@cache
def _entries() -> tuple[Callable[[Any], Any], ...]:
    """What other packages add; one that can't be loaded is left out."""
    from importlib.metadata import entry_points

    found = []
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        try:
            found.append(entry.load())
        except Exception:
            continue
    return tuple(found)
