"""Collecting findings about functions, with the place of each."""

from __future__ import annotations

from collections.abc import Callable

from apispec.findings import Finding, Location, Severity


class Reports:
    """The findings of one run, in order.

    Args:
        shorten: Makes a file as Python knows it into one as the user may read it.
    """

    def __init__(self, shorten: Callable[[str], str]) -> None:
        self.findings: list[Finding] = []
        self._shorten = shorten
        self._shortened: dict[str, str] = {}

    def location(self, file: str, line: int) -> Location:
        """A place for people; empty where there is no source."""
        if not file or file.startswith("<"):
            return Location()
        shown = self._shortened.get(file)
        if shown is None:
            shown = self._shortened[file] = self._shorten(file)
        return Location(file=shown, line=line)

    def add(
        self,
        rule: str,
        message: str,
        *,
        endpoint: str = "",
        parameter: str = "",
        location: Location | None = None,
        hint: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Report one problem."""
        subject = f"endpoint {endpoint}" if endpoint else ""
        if parameter:
            subject += f", parameter {parameter}"
        self.findings.append(Finding(rule, severity, message, location or Location(), hint, subject))
