"""What was promised for how long: stability levels, and the time between deprecation and removal.

`x-stability-level`, `x-sunset` and `x-internal` are the names that oasdiff and Redocly know; `x-deprecated-since` is
the day on which an operation was deprecated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from apispec.changes.kind import Level
from apispec.changes.views import OperationView
from apispec.errors import ConfigError

STABILITY = ("draft", "alpha", "beta", "stable")
"""From what may change every day to what stays."""

INTERNAL = "internal"


@dataclass(frozen=True)
class Promises:
    """What this project holds itself to."""

    may_break: tuple[str, ...] = ("draft", "alpha", INTERNAL)
    """Stability levels at which nothing was promised, and `internal`."""
    days: int = 0
    """Days that must lie between deprecation and removal; 0 = as many as one likes."""
    days_beta: int = 0
    """The same at beta."""

    @classmethod
    def of(cls, may_break: Sequence[str], days: int, days_beta: int) -> Promises:
        """From configuration.

        Raises:
            ConfigError: A word is no stability level.
        """
        for word in may_break:
            if word not in (*STABILITY, INTERNAL, "none"):
                hint = f"{', '.join((*STABILITY, INTERNAL))}, or none"
                raise ConfigError(f"{word!r} is no stability level", where="may-break", hint=hint)
        return cls(tuple(may_break) or cls.may_break, days, days_beta)

    def excuse(self, view: OperationView) -> str:
        """Why an operation may break: its stability level, or that it is internal; empty where it may not."""
        level = stability(view)
        if level in self.may_break:
            return level
        return INTERNAL if INTERNAL in self.may_break and _said(view, "x-internal") is True else ""

    def needed(self, view: OperationView) -> int:
        """Days that must lie between the deprecation of an operation and its removal."""
        return self.days_beta if stability(view) == "beta" else self.days

    def too_soon(self, sunset: date | None, old: OperationView, new: OperationView, today: date) -> str:
        """Why a sunset date leaves callers less time than was promised; empty where it does not.

        Args:
            sunset: The date; None where nothing says when the operation goes.
            old: The operation as the base has it.
            new: As the revision has it.
            today: The day of the comparison, from which on callers know.
        """
        days = self.needed(old)
        if not days:
            return ""
        if sunset is None:
            return f"without `x-sunset`, though {days} days were promised"
        since = deprecated_since(old) or deprecated_since(new) or today
        if sunset - since < timedelta(days=days):
            return f"to be gone {max((sunset - since).days, 0)} days after that, {days} were promised"
        return ""

    def gone_too_soon(self, view: OperationView, today: date) -> str:
        """Why a deprecated operation must not be gone yet; empty where it may."""
        days = self.needed(view)
        if not days:
            return ""
        since = deprecated_since(view)
        if since is None:
            return "" if view.sunset is not None and view.sunset <= today else "and nothing says since when"
        passed = (today - since).days
        return f"{passed} days after it was deprecated, {days} were promised" if passed < days else ""


def stability(view: OperationView) -> str:
    """An operation's stability level: its own, its path's, or that of the whole API; `stable` where none is given."""
    said = _said(view, "x-stability-level")
    return said if said in STABILITY else "stable"


def _said(view: OperationView, key: str) -> Any:
    info = view.document.data.get("info")
    for holder in (view.value, view.item, info if isinstance(info, dict) else {}, view.document.data):
        if key in holder:
            return holder[key]
    return None


def deprecated_since(view: OperationView) -> date | None:
    """The day on which an operation was deprecated, where it says so."""
    try:
        return date.fromisoformat(str(view.value.get("x-deprecated-since"))[:10])
    except ValueError:
        return None


def lowered(before: str, after: str) -> bool:
    """Whether a stability level promises less than the other one did."""
    return STABILITY.index(after) < STABILITY.index(before)


def at_least(level: Level, least: Level | None) -> Level:
    """The graver one of two levels."""
    order = list(Level)
    return level if least is None or order.index(level) <= order.index(least) else least
