"""Texts for patterns: each must match the pattern in ECMA-262's sense, which jsonschema-rs knows."""

from __future__ import annotations

import pytest

from apispec.examples import NoExampleError, example, is_valid
from apispec.examples.patterns import matching

MATCHED = {
    r"^[a-z]+$": "text", r"^\d{4}-\d{2}$": "1111-11", r"^(?:a|b)?c$": "c", r"^[^@]+@[^@]+$": "a@a", r"^\S+\s\S+$": "a a", r"^\D\W\w$": "a a", r"^[\w.-]+$": "text", r"^[^\w]$": " ", r"^[^\d]$": "a",
    r"^(\d)\1$": "11", r"^(?<n>x)\k<n>$": None, r"^a{3}$": "aaa", r"^a{2,}$": "aa", r"^.$": "a", r"^[.]$": ".", r"^\/v1\/$": "/v1/", r"^\u0041$": "A", r"^[\u00e9]$": "é", r"^[α-ω]$": "α", r"^\p{L}\p{Nd}$": "a1",
    r"^\P{L}$": "1", r"^(a|)$": "a", r"^(?=a)a$": "a", r"^(?!b).$": "a", r"^[^a]$": "b", r"^\t$": "\t", r"\bx\b": "x", r"^a*$": "", r"^a*?b$": "b", r"^x{0}y$": "y", r"^[A-F0-9]{8}(-[A-F0-9]{4}){3}$": "AAAAAAAA-AAAA-AAAA-AAAA",
    r"^arn:aws:[a-z]+:$": "arn:aws:a:", r"(?i)^abc$": None, r"^$": "", r"": "text", r"^(([01]\d)|(2[0-3])):[0-5]\d$": "11:11", r"^[\s\S]*$": "text", r"^[^\s\S]$": None, r"^~+$": "~", r"^[^\w\s]$": "-", r"^(?>a)b$": None, r"^[€-₿]x?$": "€", r"^[^\s\S]?$": None, r"^(a)?(?(1)b|c)$": None,
}  # fmt: skip
"""Pattern → the text; None where it is enough that there is one or none."""


@pytest.mark.parametrize("pattern", MATCHED)
def test_patterns(pattern: str) -> None:
    schema = {"type": "string", "pattern": pattern}
    try:
        made = example(schema, {})
    except NoExampleError:
        assert MATCHED[pattern] is None
        return
    assert is_valid(schema, made, {})
    assert MATCHED[pattern] in (made, None)


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [("^[a-z]+$", 5, 9), ("^[a-z]*$", 3, 3), ("[0-9]", 4, 9), ("^a{1,5}$", 3, 5), (r"^\d{2,}$", 12, 20)],
)
def test_lengths_are_kept_where_the_pattern_allows_it(pattern: str, least: int, most: int) -> None:
    made = example({"type": "string", "pattern": pattern, "minLength": least, "maxLength": most}, {})
    assert least <= len(made) <= most


@pytest.mark.parametrize(
    "pattern",
    ["(", "[", "a{99999999}b{99999999}", "(" * 500, "x" * 3000, "(?P<a>x)(?P<a>y)", r"^(a{1000}){1000}{1000}$"],
)
def test_what_cannot_be_read_gives_nothing_and_takes_no_time(pattern: str) -> None:
    assert list(matching(pattern, 0, 100)) == []


def test_what_python_warns_of_is_no_concern_of_the_user() -> None:
    # Warnings are errors here.
    assert is_valid({"pattern": "^[a-z[]+$"}, next(iter(matching("^[a-z[]+$", 0, 9))), {})
