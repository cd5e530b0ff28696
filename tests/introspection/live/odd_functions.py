# ruff: noqa
# mypy: ignore-errors
"""Functions that are unlikely, and legal: the document made of them must be valid."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import enum
import fractions
import functools
import io
import os
import typing as t
import zoneinfo
from typing import *

import typing_extensions as te
from pydantic import (
    AliasChoices, BaseModel, ConfigDict, Field, FilePath, HttpUrl, Json, PositiveInt, RootModel, SecretStr,
    StringConstraints, conint,
)  # fmt: skip

from apispec import File

T = TypeVar("T")


class Number(enum.IntEnum):
    A = 1
    B = 2


class Bits(enum.Flag):
    A = 1
    B = 2


class Word(enum.StrEnum):
    X = enum.auto()


@dataclasses.dataclass
class Oddly:
    a: dataclasses.InitVar[int]
    b: ClassVar[int] = 3
    c: t.Final[int] = 4
    d: list[Oddly] = dataclasses.field(default_factory=list)
    e: int = dataclasses.field(init=False, default=2)


@dataclasses.dataclass
class Generic_(Generic[T]):
    item: T


class Recursive(TypedDict, total=False):
    kids: list[Recursive]
    v: te.ReadOnly[int]


class GenericDict(te.TypedDict, Generic[T]):
    x: T


class Tuple_(NamedTuple):
    a: Nowhere
    b: int = 1


class Aliased(BaseModel):
    model_config = ConfigDict(alias_generator=lambda s: s.upper(), extra="forbid")
    some_field: int = Field(validation_alias=AliasChoices("a", "b"))
    other: Json[list[int]] = "[]"
    secret: SecretStr = SecretStr("hunter2")
    path: str = os.getcwd()
    wrong: int = "not a number"


class Root(RootModel[list[int]]):
    pass


class Proto(Protocol):
    def m(self): ...


class Stream(io.IOBase):
    pass


def enums(x: Number, y: Bits, z: Word, w: Literal[Word.X], v: Number = Number.A, u: Bits = Bits.A | Bits.B): ...
def dataclasses_(x: Oddly, y: Generic_[int], z: Generic_[Oddly]): ...
def dictionaries(x: Recursive, y: GenericDict[int], z: Tuple_): ...
def models(x: Aliased, y: Root, z: type[Aliased]) -> Aliased: ...
def classes(x: Proto, y: Stream, z: fractions.Fraction, w: zoneinfo.ZoneInfo): ...
def collections_(
    x: collections.OrderedDict[str, int], y: collections.defaultdict[str, list[int]], z: collections.Counter[str]
): ...
def tuples(x: tuple[()], y: tuple[int, ...], z: tuple[int, *tuple[str, ...]]): ...
def files(x: Annotated[Optional[File], "a file"] = None, *files: File): ...
def qualified(x: Final[int], y: ClassVar[int], z: Required[int]): ...
def quoted(x: int | "str", y: "list['Generic_[int]']", z: "Optional['Oddly']" = None): ...
def callables(
    x: Callable, y: Callable[..., T], z: Awaitable[int], w: AsyncIterator[int], v: Generator[int, None, None]
): ...
def protocols(x: Hashable, y: Sized, z: SupportsAbs[int], w: AnyStr): ...
def constrained(
    x: Annotated[int, Field(gt=0, multiple_of=5, json_schema_extra={"x-foo": 1})] = 5,
    y: Annotated[str, StringConstraints(max_length=3)] = "a",
): ...
def pydantics(x: conint(ge=1), y: PositiveInt, z: FilePath, w: HttpUrl = "https://e.x"): ...
def bad_metadata(x: Annotated[int, Field(ge=Unknown)], y: Annotated[int, lambda: 3]): ...
def functional(x: TypedDict("Fun", {"a": int, "b": str}), y: NamedTuple("Fu", [("a", int)])): ...
def too_general(x: enum.Enum, y: BaseModel, z: dataclasses.dataclass, w: Exception, v: type, u: property, s: super): ...
def texts(x: int, y: int = ..., z: str = "</script>{{ x }}`$\u202e\n\x00"): ...
def wrong(x: Discriminated, y: str.__class__, z: (int, str)): ...


class Holder:
    @functools.singledispatchmethod
    def dispatched(self, x): ...

    @contextlib.contextmanager
    def managed(self) -> Iterator[int]:
        yield 1


dispatched = Holder().dispatched
managed = Holder().managed
