"""Some mutants of documents through the commands; `make fuzz` has ten thousand."""

from __future__ import annotations

from tests.fuzz import fuzz


def test_no_internal_error_and_no_hang() -> None:
    assert fuzz(300, seed=12) == []
