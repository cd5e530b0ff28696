"""Stand-ins for names in hints that can't be found, so that the rest of the hint keeps its meaning.

A placeholder is a class: it can be subscripted, joined with `|`, put into `Annotated`, `Optional` and `list[...]`,
asked for attributes and called, and pydantic describes it as an open schema which says what Python calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Union

from apispec.introspection.texts import clean

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

PYTHON_TYPE = "x-python-type"
"""The keyword that marks an open schema: what Python calls the type that JSON Schema can't."""

_LONGEST = 120
_known: dict[str, PlaceholderType] = {}


class PlaceholderType(type):
    """The class of placeholders."""

    text: str

    def __or__(cls, other: Any) -> Any:
        return Union[cls, other]

    def __ror__(cls, other: Any) -> Any:
        return Union[other, cls]

    def __getitem__(cls, item: Any) -> PlaceholderType:
        return placeholder(f"{cls.text}[...]" if cls.text and not cls.text.endswith("]") else cls.text)

    def __getattr__(cls, name: str) -> PlaceholderType:
        if name.startswith("_"):  # what libraries ask every class for
            raise AttributeError(name)
        return placeholder(f"{cls.text}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> PlaceholderType:
        """Metadata such as `Unknown(3)` in a hint."""
        return cls

    def __iter__(cls) -> Any:  # or `__getitem__` would make it endless
        raise TypeError(f"{cls.text} is not known")

    def __repr__(cls) -> str:
        return cls.text


class _Open:
    """What a placeholder tells pydantic."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.any_schema()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {PYTHON_TYPE: cls.text}  # type: ignore[attr-defined]


def placeholder(text: str) -> PlaceholderType:
    """The placeholder for what the source calls `text`; the same one each time."""
    text = clean(" ".join(text.split()))[:_LONGEST]
    found = _known.get(text)
    if found is None:
        found = _known[text] = PlaceholderType(text, (_Open,), {"text": text, "__module__": "builtins"})
    return found


def opaque(text: str) -> PlaceholderType:
    """The stand-in for a type that is known and of which no JSON is a value: a protocol."""
    return PlaceholderType(text, (_Open,), {"text": clean(text), "__module__": "builtins"})


def is_placeholder(hint: Any) -> bool:
    """Whether a hint is a placeholder itself."""
    return isinstance(hint, PlaceholderType)


def is_known_placeholder(text: str) -> bool:
    """Whether a placeholder of that text was ever made: the type has no schema because its name was not found."""
    return text in _known
