"""Endpoints that need every kind of input and give every kind of answer.

The tests run it in their own process, so `GATE` is theirs: what waits for it goes on when they say so.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, Union

from pydantic import Field

from apispec import App, Error, File

app = App("Inputs", summary="Every kind of input.")
GATE = threading.Event()
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Size(str, Enum):
    """How large."""

    SMALL = "small"
    LARGE = "large"


@dataclass
class Point:
    """A place on a plane."""

    x: int
    y: int = 0


@dataclass
class Node:
    """A tree."""

    name: str
    children: list[Node] | None = None


@dataclass
class Circle:
    """Round."""

    radius: float
    kind: Literal["circle"] = "circle"


@dataclass
class Square:
    """Not round."""

    side: float
    kind: Literal["square"] = "square"


@app.endpoint
def everything(
    word: Annotated[str, Field(min_length=2, max_length=10, pattern="^[a-z]+$", examples=["hello"])],
    count: Annotated[int, Field(ge=1, lt=10**20, examples=[3])],
    share: Annotated[float, Field(ge=0, le=1, examples=[0.5])] = 0.25,
    story: str = "Once",
    sure: bool = True,
    size: Size = Size.SMALL,
    mode: Literal["fast", 2, None] = "fast",
    on: date | None = None,
    at: datetime | None = None,
    words: Annotated[list[str], Field(max_length=3)] | None = None,
    ages: dict[str, int] | None = None,
    point: Point | None = None,
    shape: Union[Circle, Square, str, None] = None,
    tree: Node | None = None,
    anything: Any = None,
    pair: tuple[int, str] | None = None,
) -> dict[str, Any]:
    """Give back what came.

    Args:
        word: Small letters.
        count: How many.
    """
    values = locals()
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


@app.endpoint(method="GET", path="/things/{name}")
def thing(name: str, tags: list[str] | None = None, limit: int = 5) -> dict[str, Any]:
    """Find a thing."""
    return {"name": name, "tags": tags, "limit": limit}


@app.endpoint
def upload(file: File, more: list[File], note: str = "") -> list[str]:
    """Describe files."""
    return [f"{f.name} {hashlib.sha256(f.read()).hexdigest()[:12]}" for f in (file, *more)] + [note]


@app.endpoint
def picture() -> File:
    """A picture."""
    return File.from_bytes(base64.b64decode(PIXEL), name="pixel.png", content_type="image/png")


@app.endpoint
def notes(text: str = "<script>window.hacked = 1</script>") -> File:
    """A page that must not run."""
    return File.from_bytes(text.encode(), name="notes.html", content_type="text/html")


@app.endpoint
def digits() -> dict[str, Any]:
    """Numbers that JavaScript cannot hold."""
    return {"large": 12345678901234567890, "words": "é <b>x</b>", "none": [], "exact": 1.0}


@app.endpoint
def waits(steps: int = 3) -> Iterator[dict[str, int]]:
    """Count, and stop in the middle until the gate opens."""
    for n in range(steps):
        if n == 2:
            GATE.wait(30)
        yield {"step": n}


@app.endpoint
def slow() -> str:
    """Answer when the gate opens."""
    GATE.wait(30)
    return "at last"


@app.endpoint
def refuses(reason: str = "Not today") -> str:
    """Refuse."""
    raise Error(409, "Refused", reason)


@app.endpoint
def breaks(after: int = 1) -> Iterator[int]:
    """Stop with an error in the middle."""
    yield from range(after)
    raise Error(409, "Broken", "The well is dry")
