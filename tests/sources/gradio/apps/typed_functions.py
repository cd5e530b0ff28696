"""Functions added with gr.api: types come from hints, no components."""

import math
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal, Optional, TypedDict

import gradio as gr


class Unit(str, Enum):
    """Of a length."""

    metre = "m"
    foot = "ft"


@dataclass
class Point:
    """A point in the plane."""

    x: float
    y: float = 0.0


class Colour(Enum):
    """Gradio 6.31 itself cannot launch where one is a default."""

    RED = "red"


class Limits(TypedDict):
    low: int
    high: int


def distance(start: Point, end: Point, unit: Unit = Unit.metre) -> float:
    """How far it is from one point to another.

    Args:
        start: Where it begins.
        end: Where it ends.
        unit: Of the answer.
    """
    metres = math.hypot(start["x"] - end["x"], start.get("y", 0.0) - end.get("y", 0.0))  # gr.api passes plain JSON
    return metres if unit == "m" else metres / 0.3048


def clamp(value: float, limits: Optional[Limits] = None, mode: Literal["hard", "soft"] = "hard") -> float:
    """Keep a value inside limits."""
    if limits is None:
        return value
    return min(max(value, limits["low"]), limits["high"])


def count(words: list[str], table: dict[str, int] = {}) -> tuple[dict[str, int], int]:
    """Count words; the second result is how many there are.

    Returns:
        How often each word comes, and the number of words.
    """
    found = dict(table)
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found, len(words)


def up_to(limit: float = math.inf, start: int = 3) -> list[int]:
    """Numbers below a limit, at most five."""
    limit = 10 if limit is None else limit
    return [n for n in range(start, start + 5) if n < limit]


def countdown(start: int = 3):
    """Count down to nothing."""
    for n in range(start, -1, -1):
        yield n


def painted(colour: Colour) -> str:
    """What is painted red."""
    return f"all {colour}"


def file_sizes(one: gr.FileData, others: Optional[list[gr.FileData]] = None) -> list[int]:
    """How many bytes files have."""
    return [Path(file["path"]).stat().st_size for file in [one, *(others or [])]]


def nothing(text: str = "x") -> None:
    """Give nothing back."""


with gr.Blocks() as demo:
    for function in (distance, count, up_to, painted, nothing):
        gr.api(function, api_name=function.__name__)
    if not gr.__version__.startswith("5."):  # 5.33 itself fails at an optional object
        gr.api(clamp, api_name="clamp")
        gr.api(file_sizes, api_name="file_sizes")

if __name__ == "__main__":
    demo.launch()
