"""What changed between two OpenAPI documents, and whom it breaks.

Here: the comparison (`compare`, and what it asks of `parameters`, `messages`, `access` and `schemas`), the kinds of
changes (`kinds`), waivers, version bumps, changelogs, and the two sides from files and git (`sides`). Not here: report
formats (`apispec.reports`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.changes.change import Change as Change
    from apispec.changes.changelog import changelog_comment as changelog_comment
    from apispec.changes.changelog import changelog_page as changelog_page
    from apispec.changes.comparing import compare as compare
    from apispec.changes.git import unified_diff as unified_diff
    from apispec.changes.kind import Kind as Kind
    from apispec.changes.kind import Level as Level
    from apispec.changes.kind import kinds as kinds
    from apispec.changes.lifecycle import Promises as Promises
    from apispec.changes.policy import Policy as Policy
    from apispec.changes.policy import is_kind as is_kind
    from apispec.changes.run import Outcome as Outcome
    from apispec.changes.run import diff as diff
    from apispec.changes.sides import Edition as Edition
    from apispec.changes.sides import checked_out as checked_out
    from apispec.changes.sides import edition as edition
    from apispec.changes.sides import is_document as is_document
    from apispec.changes.sides import read_edition as read_edition
    from apispec.changes.sides import revision_of as revision_of
    from apispec.changes.sides import tags as tags
    from apispec.changes.sides import text_of as text_of
    from apispec.changes.sides import tree_of as tree_of
    from apispec.changes.waivers import Waiver as Waiver
    from apispec.changes.waivers import read_waivers as read_waivers
else:
    __all__, __getattr__ = exports(
        __name__,
        change="Change",
        changelog="changelog_comment changelog_page",
        comparing="compare",
        git="unified_diff",
        kind="Kind Level kinds",
        lifecycle="Promises",
        policy="Policy is_kind",
        run="Outcome diff",
        sides="Edition checked_out edition is_document read_edition revision_of tags text_of tree_of",
        waivers="Waiver read_waivers",
    )
