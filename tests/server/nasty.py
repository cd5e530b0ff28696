"""Functions whose arguments and results are as awkward as JSON, shells and URLs allow. Each gives back what it got."""

from __future__ import annotations

import asyncio
import datetime as dt
import decimal
import enum
import ipaddress
import math
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, TypedDict

from pydantic import BaseModel, Field

from apispec import App, Error, File, Session

app = App(title="Nasty 'app' \"quoted\" $HOME `id` <b>&amp;</b>", version="1.0")

TRICKY = 'it\'s "quoted" \\ $HOME `id` %s {x} {{y}} ${z} 100% <b> & \n second line\tTab ünïcödé 日本語 🎉 \u2028 !history #no ~'


class Color(enum.Enum):
    RED = "red"
    ODD = "o\"d'd"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 3


class Inner(BaseModel):
    name: str = TRICKY
    weights: list[float] = [0.1, 1e-7, 1e21]


class Outer(BaseModel):
    inner: Inner
    by_name: dict[str, Inner] = {}
    color: Color = Color.ODD


class Tree(BaseModel):
    value: int
    children: list[Tree] = []


@dataclass
class Point:
    x: float
    y: float = 0.0
    tags: list[str] = field(default_factory=list)


class Pair(NamedTuple):
    left: int
    right: str


class Options(TypedDict, total=False):
    deep: bool
    note: str


@app.endpoint(examples=[{"text": TRICKY}])
def text(text: str) -> str:
    """Give the text back."""
    return text


@app.endpoint(examples=[{"text": "-- 'x' -d @/etc/passwd"}])
def leading_dash(text: str = "-n") -> str:
    return text


@app.endpoint(examples=[{"text": ""}])
def empty(text: str, nothing: None = None, no: bool = False, zero: int = 0) -> tuple[str, None, bool, int]:
    return text, nothing, no, zero


@app.endpoint(examples=[{"lines": "one\ntwo\r\nthree\n\n"}])
def lines(lines: str) -> str:
    return lines


@app.endpoint(examples=[{"big": 9007199254740991, "tiny": 5e-324, "huge": 1.7976931348623157e308, "minus": -0.5}])
def numbers(big: int, tiny: float, huge: float, minus: float) -> tuple[int, float, float, float]:
    return big, tiny, huge, minus


@app.endpoint
def limits(low: float = -math.inf, high: float = math.inf) -> bool:
    return low < high


@app.endpoint(examples=[{"on": True, "off": False, "maybe": None}])
def booleans(on: bool, off: bool, maybe: bool | None) -> list[bool | None]:
    return [on, off, maybe]


@app.endpoint(examples=[{"color": "o\"d'd", "level": 3, "mode": "a 'b'"}])
def enums(color: Color, level: Level = Level.LOW, mode: Literal["a 'b'", "c\\d"] = "c\\d") -> tuple[Color, Level, str]:
    return color, level, mode


@app.endpoint
def times(
    day: dt.date, at: dt.datetime, hour: dt.time = dt.time(1, 2), span: dt.timedelta = dt.timedelta(days=1, seconds=5)
) -> dict[str, str]:
    return {"day": day.isoformat(), "at": at.isoformat(), "hour": hour.isoformat(), "span": str(span)}


@app.endpoint
def values(id: uuid.UUID, amount: decimal.Decimal, host: ipaddress.IPv4Address, data: bytes = b"\x00\xff") -> list[str]:
    return [str(id), str(amount), str(host), data.hex()]


@app.endpoint(examples=[{"outer": {"inner": {"name": "x'y\"z", "weights": [1.5]}, "by_name": {"a b": {"name": "$x"}}}}])
def models(outer: Outer) -> Outer:
    return outer


@app.endpoint(examples=[{"tree": {"value": 1, "children": [{"value": 2, "children": [{"value": 3}]}]}}])
def tree(tree: Tree) -> int:
    return tree.value + sum(child.value for child in tree.children)


@app.endpoint(examples=[{"items": [1, "1", None, {"x": 1.5, "y": 2}, [True]]}])
def unions(items: list[int | str | Point | list[bool] | None]) -> int:
    return len(items)


@app.endpoint
def shapes(point: Point, pair: Pair, options: Options, keys: dict[int, str] = {1: "a"}) -> Any:
    return {"point": [point.x, point.y], "pair": list(pair), "options": dict(options), "keys": sorted(keys)}


@app.endpoint
def nothing() -> None:
    """Take nothing, give nothing."""


@app.endpoint
def varied(first: int, /, second: int = 2, *rest: int, third: int = 3, **more: int) -> list[int]:
    return [first, second, *rest, third, *more.values()]


@app.endpoint
def constrained(n: Annotated[int, Field(ge=1, le=10)], code: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "AB") -> str:
    return code * n


@app.endpoint
def default_field(n: int = Field(7, ge=1)) -> int:
    return n


@app.endpoint
def one_file(file: File, note: str = TRICKY) -> dict[str, Any]:
    return {"size": file.size, "note": note}


@app.endpoint
def two_files(first: File, others: list[File], weights: list[float] = [1.0]) -> list[int]:
    return [first.size, *(f.size for f in others)]


@app.endpoint
def shout(file: File) -> File:
    return File.from_bytes(file.read().upper(), name=file.name)


@app.endpoint
def picture() -> File:
    return File.from_bytes(b"\x89PNG\r\n\x1a\n not really", name='pic "1" ü.png')


@app.endpoint
def count(n: Annotated[int, Field(le=50)] = 3, pause: Annotated[float, Field(ge=0, le=1)] = 0.0) -> Iterator[int]:
    for i in range(n):
        time.sleep(pause)
        yield i


@app.endpoint
async def words(text: str = "to be or") -> AsyncIterator[dict[str, str]]:
    for word in text.split():
        await asyncio.sleep(0)
        yield {"word": word}


@app.endpoint
def add_and_slice(a: int, b: int, c: list[int]) -> tuple[int, list[int]]:
    """Add two numbers and slice a list with them."""
    return a + b, c[a:b]


@app.endpoint
def visits(session: Session) -> int:
    session["n"] = session.get("n", 0) + 1
    return int(session["n"])


@app.endpoint(method="GET", path="/items/{name}/{number}")
def item(name: str, number: int, tags: list[str], flag: bool = False, ratio: float | None = None) -> dict[str, Any]:
    return {"name": name, "number": number, "tags": tags, "flag": flag, "ratio": ratio}


@app.endpoint(method="DELETE", path="/items/{name}")
def remove(name: str) -> None:
    """Remove an item."""


@app.endpoint(method="PUT", path="/things/{id}", responses={404: "No such thing."})
def put_thing(id: int, thing: Point) -> Point:
    if id > 1000:
        raise Error(404, "No such thing", f"thing {id} is not there")
    return thing


class Missing(Error):
    status = 404
    title = "Missing"


@app.endpoint(raises={KeyError: 409})
def errors(kind: Literal["none", "own", "subclass", "mapped"] = "none") -> str:
    if kind == "own":
        raise Error(409, "Conflict of 'quotes'", 'a "detail"')
    if kind == "subclass":
        raise Missing("it is missing")
    if kind == "mapped":
        raise KeyError("a key")
    return kind


@app.endpoint(visibility="undocumented")
def documents(known: bool) -> str:
    """Raise what the docstring says.

    Args:
        known: Which one.

    Raises:
        LookupError: 404, there is no such thing.
        ValueError: Something else.
    """
    if known:
        raise KeyError("a thing")
    raise ValueError("the secret reason")


@app.endpoint(visibility="undocumented")
def fails() -> int:
    raise ValueError("the secret reason")


@app.endpoint(visibility="undocumented")
async def fails_async() -> int:
    raise ValueError("the secret reason")


@app.endpoint(visibility="undocumented")
def breaks_hint() -> int:
    return "not a number"  # type: ignore[return-value]


@app.endpoint(visibility="undocumented")
def infinite() -> float:
    return math.inf


@app.endpoint(visibility="undocumented")
def exits() -> int:
    sys.exit(3)


@app.endpoint(visibility="undocumented")
async def exits_async() -> int:
    raise SystemExit(3)


@app.endpoint(visibility="undocumented")
def recurses(n: int = 0) -> int:
    return recurses(n + 1)


@app.endpoint(visibility="undocumented")
def prints() -> str:
    print("printed to stdout")
    return "ok"


@app.endpoint(visibility="undocumented")
def breaks_late() -> Iterator[int]:
    yield 1
    raise ValueError("the secret reason")


@app.endpoint(visibility="undocumented")
def breaks_item() -> Iterator[int]:
    yield 1
    yield "two"  # type: ignore[misc]


@app.endpoint(visibility="undocumented")
def refuses_late() -> Iterator[int]:
    yield 1
    raise Error(409, "Conflict", "in the middle")


@app.endpoint(visibility="undocumented")
def sleeps(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


@app.endpoint(visibility="undocumented")
async def sleeps_async(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return seconds


OPEN: set[str] = set()
"""Names of the endless streams that run."""


@app.endpoint(visibility="undocumented")
def endless(name: str) -> Iterator[int]:
    OPEN.add(name)
    try:
        i = 0
        while True:
            time.sleep(0.01)
            yield i
            i += 1
    finally:
        OPEN.discard(name)


@app.endpoint(visibility="undocumented")
async def endless_async(name: str) -> AsyncIterator[int]:
    OPEN.add(name)
    try:
        i = 0
        while True:
            await asyncio.sleep(0.01)
            yield i
            i += 1
    finally:
        OPEN.discard(name)


@app.endpoint(visibility="undocumented")
def open_streams() -> list[str]:
    return sorted(OPEN)


@app.endpoint
def echo(value: Any) -> Any:
    return value


@app.endpoint(visibility="private")
def private() -> str:
    return "never seen"
