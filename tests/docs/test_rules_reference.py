"""The reference pages of rules and changes are fresh and complete, and so is the table of reading rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apispec.changes import kinds
from apispec.documents.problems import READING
from apispec.rules import rules
from tests.docs.rules_reference import REFERENCE, pages


@pytest.mark.parametrize("name", pages())
def test_pages_are_fresh(name: str) -> None:
    path = REFERENCE / name
    assert path.is_file(), "run python -m tests.docs.rules_reference"
    assert path.read_text(encoding="utf-8") == pages()[name], "run python -m tests.docs.rules_reference"


def test_nothing_else_is_in_their_folders() -> None:
    there = {
        path.relative_to(REFERENCE).as_posix() for name in ("rules", "changes") for path in (REFERENCE / name).iterdir()
    }
    assert there == set(pages())


def test_every_rule_and_kind_has_its_section_and_links_lead_to_sections() -> None:
    whole = "".join(pages().values())
    anchors = set(re.findall(r"\{ #([\w-]+) \}", whole))
    assert anchors == rules().keys() | kinds().keys()
    assert set(re.findall(r"\.md#([\w-]+)\)", whole)) <= anchors


def test_reading_rules_are_listed() -> None:
    folder = Path(__file__).parent.parent.parent / "apispec" / "documents"
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(r'(?:UnreadableError|problem|remark|warnings\.append)\(\s*\(?\s*"([a-z-]+)"', text))
    assert used == READING.keys()
