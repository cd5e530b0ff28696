"""Patterns of one's own rules against texts of a stranger's document."""

from __future__ import annotations

import time

import pytest

from apispec.rules.predicates import PREDICATES

TEXT = "a" * 5000 + "b"


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "(?=a)^(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_pattern_that_goes_back_without_end_ends(pattern: str) -> None:
    begun = time.process_time()
    assert list(PREDICATES["pattern"][0](TEXT, pattern))
    assert not list(PREDICATES["not-pattern"][0](TEXT, pattern))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^v\d+$", "v12", True),
        (r"^v\d+$", "v12a", False),
        ("get", "forget", True),
        (r"(?P<n>a)\Z", "ba", True),
        ("(?i)AB", "xab", True),
    ],
)
def test_what_is_found(pattern: str, text: str, found: bool) -> None:
    assert list(PREDICATES["pattern"][0](text, pattern)) == ([] if found else [f"{text!r} does not match `{pattern}`"])
