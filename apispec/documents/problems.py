"""The rules about reading, and the exception the readers raise inside this package to stop at a place."""

from __future__ import annotations

from apispec.findings import Finding, Location, Severity


class UnreadableError(Exception):
    """Stops the reading of one text.

    Args:
        rule: The rule's id.
        message: One sentence.
        offset: Where, in characters from the start; None where `line` says it.
        line: From 1.
        column: From 1.
        hint: What to do next.
    """

    def __init__(
        self, rule: str, message: str, *, offset: int | None = None, line: int = 0, column: int = 0, hint: str = ""
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
        self.hint = hint


def problem(rule: str, message: str, location: Location, hint: str = "") -> Finding:
    """A finding of the reader; what cannot be read is always an error."""
    return Finding(rule, Severity.ERROR, message, location, hint)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset into a text."""
    offset = max(0, min(offset, len(text)))
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
