"""Loading what reading takes before there is something to read, for processes that others begin as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import ModuleType


class _Colour(Enum):
    RED = "red"


@dataclass
class _Thing:
    """A thing.

    Attributes:
        name: What it is called.
    """

    name: str
    colour: _Colour = _Colour.RED


def _read(thing: _Thing, limit: int = 20) -> list[_Thing]:
    """Read things.

    Args:
        thing: One of **them**.
        limit: How many:

            - some
            - more

    Returns:
        All `things`.

    Raises:
        ValueError: There is none.
    """
    return [thing] * limit


def warm() -> None:
    """Read a function that is there for that, and import what this takes; no code of anybody's runs."""
    from apispec.declaring import App
    from apispec.introspection import child  # noqa: F401
    from apispec.introspection.reading import describe

    app = App("Things")
    app.endpoint(_read)
    module = ModuleType("things")
    module.app = app  # type: ignore[attr-defined] # that is what it is for
    describe(app, module=module)
