"""Every kind of change: its example, in both directions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apispec.changes import Kind, Level, compare, kinds
from apispec.rules.examples import document

ALL = list(kinds().values())
TODAY = date(2026, 1, 1)


def found(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [change.kind for change in compare(before, after, today=TODAY)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_the_example_is_found_alone_and_its_mirror_in_the_other_direction(kind: Kind) -> None:
    before, after = document(kind.before), document(kind.after)
    assert set(found(before, after)) == {kind.id}
    assert kind.id not in found(before, before) + found(after, after)
    if kind.mirror:
        assert set(found(after, before)) == {kind.mirror}
        assert kinds()[kind.mirror].mirror == kind.id
    else:
        assert kind.no_mirror


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_a_kind_explains_itself(kind: Kind) -> None:
    assert kind.title.endswith(".")
    assert kind.why.endswith(".")
    for change in compare(document(kind.before), document(kind.after), today=TODAY):
        assert bool(change.breaks) is (kind.level is not Level.SAFE)
        assert change.message.endswith(".")
