"""Findings as text for people and machines; `validate` and `diff` share these formats.

Each format is one small module with `render(report) -> str`; the table below is the registry. Nothing here prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.reports.formats import FORMATS as FORMATS
    from apispec.reports.formats import render as render
    from apispec.reports.markdown_format import code as code
    from apispec.reports.markdown_format import escape as escape
    from apispec.reports.markdown_format import fitted as fitted
    from apispec.reports.report import Report as Report
    from apispec.reports.report import RuleInfo as RuleInfo
    from apispec.reports.report import clean as clean
    from apispec.reports.report import fingerprint as fingerprint
    from apispec.reports.report import one_line as one_line
else:
    __all__, __getattr__ = exports(
        __name__,
        formats="FORMATS render",
        markdown_format="code escape fitted",
        report="Report RuleInfo clean fingerprint one_line",
    )
