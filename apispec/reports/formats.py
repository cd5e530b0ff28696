"""Findings as text for people and machines; `validate` and `diff` share these formats.

Each format is one small module with `render(report) -> str`; the table below is the registry. Nothing here prints.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from apispec.errors import UsageError
from apispec.reports.report import Report, RuleInfo, fingerprint

__all__ = ["FORMATS", "Report", "RuleInfo", "fingerprint", "render"]

FORMATS: Final = ("text", "json", "sarif", "github", "junit", "gitlab", "markdown")


def render(report: Report, name: str) -> str:
    """The report in one of `FORMATS`, ending in a line break.

    Raises:
        UsageError: There is no such format.
    """
    if name not in FORMATS:
        raise UsageError(f"there is no report format {name!r}", hint=f"formats: {', '.join(FORMATS)}")
    text: str = import_module(f"apispec.reports.{name}_format").render(report)
    return text if not text or text.endswith("\n") else text + "\n"
