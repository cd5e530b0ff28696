# ruff: noqa: F403, F405, UP035, UP045
"""Everything that the static reader understands.

It also tries to run code in every place where an expression may stand.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from decimal import *
from typing import Annotated, Any, Generic, Iterator, Literal, NamedTuple, NewType, Optional, TypeVar, Union, overload

from a_package_that_nobody_has import Thing, decorate
from pydantic import BaseModel, ConfigDict, Field, computed_field
from typing_extensions import Doc, Required, TypedDict, Unpack, deprecated

import apispec

__version__ = "3.2"

T = TypeVar("T")
UserId = NewType("UserId", int)
Ids = list[UserId]
HOUR = 60 * 60

app = apispec.App(title="Everything", version=__version__, servers=["https://api.example.com"])


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Node(BaseModel):
    """A node."""

    model_config = ConfigDict(extra="forbid")

    id: UserId = Field(gt=0, description="Its id.")
    name: str = "x"
    """Its name."""
    children: list[Node] = Field(default_factory=list)
    made: dt.datetime | None = None
    colour: Colour = Colour.RED
    unknown: Thing | int = 3

    @computed_field
    @property
    def size(self) -> int:
        return 1


class Page(BaseModel, Generic[T]):
    items: list[T]


@dataclass(frozen=True)
class Point:
    """A point.

    Attributes:
        x: Across.
    """

    x: float
    y: float = field(default=1.0)


class Options(TypedDict, total=False):
    key: Required[int]
    """The key."""
    text: str


class Pair(NamedTuple):
    one: int
    two: str = "q"


class NotFound(apispec.Error):
    status = 404
    title = "Not found"


@decorate
@app.endpoint(name="make", tags=["nodes"], raises={NotFound: 404})
def make_node(
    node: Node,
    /,
    page: Page[int],
    point: Point = Point(1, 2),
    *rest: int,
    colour: Colour = Colour.BLUE,
    limit: int = HOUR,
    day: dt.date = dt.date(2020, 1, 1),
    price: Decimal = Decimal("1.5"),
    count: Annotated[int, Field(ge=1), Doc("How many.")] = 3,
    thing: Thing | int | None = None,
    **more: Unpack[Options],
) -> Iterator[Node]:
    """Make nodes.

    Args:
        node: The first.
    """
    yield node


@app.endpoint
async def other(ids: Ids, pair: Pair, mode: Literal["a", 1] = "a", maybe: Optional[Union[int, str]] = None) -> None: ...


@app.endpoint(deprecated="use other")
def old() -> int: ...


@app.endpoint
@deprecated("use other too")
def older() -> dict[str, Any]: ...


@overload
def wide(x: int) -> int: ...
@overload
def wide(x: str) -> str: ...
@app.endpoint
def wide(x): ...


def plain(x, y=3):
    """Plain."""


app.add(plain, name="added")

if __name__ == "__main__":
    app.add(plain, name="never")
