"""Calls that a function did not answer: what it said, and whether that may be due to a value that nobody gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST = 400

_OF_VALUES = frozenset({"TypeError", "ValueError", "AttributeError", "LookupError", "ArithmeticError"})
"""Exceptions (with those below them) by which functions tell that a value is none they take."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a call had no result."""

    status: int
    reason: str
    """The exception and what it says; what does not fit where the arguments, or the result, were judged."""
    raised: tuple[str, ...] = ()
    """The exception's class and its bases; empty where none of the function's was raised."""
    place: str = ""
    """`file:line` where it was raised."""
    result: bool = False
    """Whether there was a result that is not as documented."""

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Refusal:
        """What the server wrote down."""
        return cls(
            line["problem"], line.get("reason", ""), tuple(line.get("raised", ())), line.get("place", ""),
            line.get("result", False),
        )  # fmt: skip

    @property
    def text(self) -> str:
        """For people."""
        if self.result:
            return f"was answered with status {self.status}: {self.reason}"
        said = f"was answered with status {self.status}: "
        reason = self.reason.strip().partition("\n")[0][:_LONGEST]
        if not self.raised:
            return said + reason
        return f"{said}the function raised {reason}" + (f" ({self.place})" if self.place else "")

    @property
    def of_a_value(self) -> bool:
        """Whether what it was given may be the cause: it is refused, or handed on. A missing name is no such thing."""
        return self.result or not _OF_VALUES.isdisjoint(self.raised)
