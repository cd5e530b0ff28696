"""What changed between two OpenAPI documents, and whom it breaks.

Here: the comparison (`compare`, and what it asks of `parameters`, `messages`, `access` and `schemas`), the kinds of
changes (`kinds`), waivers, version bumps, changelogs, and the two sides from files and git (`sides`). Not here: report
formats (`apispec.reports`).
"""

from __future__ import annotations

from apispec.changes.change import Change
from apispec.changes.compare import compare
from apispec.changes.kinds import Kind, Level, kinds

__all__ = ["Change", "Kind", "Level", "compare", "kinds"]
