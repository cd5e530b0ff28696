"""What the architecture and CONTRIBUTING.md name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:apispec|templates|tests|docs|examples)/[\w./*-]+)`", text))
    wild = re.compile("[A-Z]{3,}")
    missing = [path for path in named if not wild.search(path) and not list(ROOT.glob(path.rstrip("/")))]
    assert len(named) > 10
    assert not missing


def test_one_parameters_way_has_a_file_for_each_step() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    way = text.partition("## One parameter's way")[2].partition("\n## ")[0]
    steps = re.findall(r"^(\d+)\. (.*)$", way, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, 13))
    assert all("`apispec/" in step or "`templates/" in step for _, step in steps)
