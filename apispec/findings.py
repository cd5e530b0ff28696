"""A Finding is one problem in the input: which rule, how bad, what, and where. Nothing here prints or decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from apispec.records import dataclass


class Severity(str, Enum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        """Whether this is as bad as `other`, or worse."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is: a file (as the user may write it, never a private absolute path), line and column
    (from 1; 0 = unknown), and a JSON Pointer (RFC 6901) where the file is a document.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    pointer: str = ""

    def __str__(self) -> str:
        text = self.file
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        if self.pointer:
            text += f"#{self.pointer}"
        return text


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the input."""

    rule: str
    """The rule's id, kebab-case; it says what is wrong (`unresolved-hint`), not what to do."""
    severity: Severity
    message: str
    """One sentence for a person who knows the input but not apispec."""
    location: Location = field(default_factory=Location)
    hint: str = ""
    """What to do next, one sentence; may be empty."""
    subject: str = ""
    """What it is about, for grouping and fingerprints: `endpoint add`, `endpoint add, parameter x`, `GET /pets`."""
    related: Location | None = None
    """A second place: where what has changed stood before."""
    facts: Mapping[str, object] = field(default_factory=dict, compare=False)
    """More for machines: JSON values by name."""


def sort_key(finding: Finding) -> tuple[str, int, int, str, str, str]:
    """Order by place, then rule: the order in which findings are printed."""
    place = finding.location
    return (place.file, place.line, place.column, place.pointer, finding.rule, finding.message)
