"""A baseline: findings that are known, so that they don't block new work."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apispec.errors import ConfigError
from apispec.findings import Finding
from apispec.reports import fingerprint


@dataclass(frozen=True)
class Baseline:
    """How often each finding is known, by fingerprint (rule, file and place, no line)."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    """Rule and place in words, for who reads the file."""
    folder: Path = Path()
    """Where it lies: outside of repositories, files are named from there."""

    @classmethod
    def of(cls, findings: Sequence[Finding], file: str) -> Baseline:
        """The baseline that hides exactly these findings, to be written to a file."""
        folder = Path(file).parent
        marks = [fingerprint(finding, folder) for finding in findings]
        places = {
            mark: f"{finding.rule} {finding.location.file}#{finding.location.pointer}"
            for mark, finding in zip(marks, findings, strict=True)
        }
        return cls(Counter(marks), places, folder)

    @classmethod
    def read(cls, text: str, where: str) -> Baseline:
        """From the text of a baseline file.

        Raises:
            ConfigError: It is none.
        """
        try:
            data: Any = json.loads(text)
            entries = data["findings"].items()
            return cls(
                Counter({mark: int(entry["count"]) for mark, entry in entries}),
                {mark: str(entry["place"]) for mark, entry in entries},
                Path(where).parent,
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise ConfigError("this is no baseline", where=where, hint="write one with --update-baseline") from None

    def text(self) -> str:
        """As the text of a baseline file, sorted so that changes are easy to read."""
        marks = sorted(self.counts, key=lambda mark: (self.places.get(mark, ""), mark))
        entries = {mark: {"place": self.places.get(mark, ""), "count": self.counts[mark]} for mark in marks}
        return json.dumps({"version": 1, "findings": entries}, indent=2) + "\n"

    def known(self, findings: Sequence[Finding]) -> frozenset[int]:
        """The positions of findings that are known; of equal ones as many as were known."""
        left = Counter(self.counts)
        known = set()
        for position, finding in enumerate(findings):
            mark = fingerprint(finding, self.folder)
            if left[mark] > 0:
                left[mark] -= 1
                known.add(position)
        return frozenset(known)
