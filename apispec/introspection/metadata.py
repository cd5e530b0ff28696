"""What `Annotated` says about a parameter besides its type: a text, examples, whether it is deprecated."""

from __future__ import annotations

from typing import Annotated, Any, get_origin

from apispec.records import dataclass


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of one hint."""

    description: str = ""
    examples: tuple[Any, ...] = ()
    deprecated: bool = False


_NONE = Metadata()


def metadata(hint: Any) -> Metadata:
    """What `Field(description=…)`, `Doc(…)`, a plain text and `deprecated(…)` in a hint say; the last one wins."""
    if get_origin(hint) is not Annotated:
        return _NONE
    description, deprecated = "", False
    examples: tuple[Any, ...] = ()
    for item in hint.__metadata__:
        text = (
            item if isinstance(item, str) else _text(item, "documentation") or _text(item, "description") or _help(item)
        )
        description = text or description
        if type(item).__name__ == "deprecated" or getattr(item, "deprecated", None):
            deprecated = True
        given = getattr(item, "examples", None)
        if isinstance(given, (list, tuple)):
            examples = tuple(given)
    return Metadata(description, examples, deprecated)


def _help(item: Any) -> str:
    """What typer's options and arguments say."""
    return _text(item, "help") if type(item).__module__ == "typer.models" else ""


def _text(item: Any, name: str) -> str:
    value = getattr(item, name, None)
    return value if isinstance(value, str) else ""
