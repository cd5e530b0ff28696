"""What the specification says in words; patterns as ECMA-262 has them; unknown keys at their own line, with advice that fits."""

from __future__ import annotations

import pytest

from apispec.documents import load
from apispec.rules import is_pattern
from apispec.validation import validate

LOOSE = [
    r"^.{1,2097152}$",
    r"(?<y>a)\k<y>",
    r"\k<y>",
    r"[\w-.]",
    r"[0-9]{,2}",
    r"a{",
    r"]",
    r"\p{L}+",
    r"\-",
    "",
    "(?:a|)*",
    "[]a]",
]
WRONG = ["(", ")", "[a", "*a", "a**", "a{2,1}", "[z-a]", "(?y)", "\\", "(?<a", "a|*"]


@pytest.mark.parametrize("pattern", LOOSE)
def test_patterns_of_either_mode_are_patterns(pattern: str) -> None:
    assert is_pattern(pattern)


@pytest.mark.parametrize("pattern", WRONG)
def test_what_no_mode_accepts_is_none(pattern: str) -> None:
    assert not is_pattern(pattern)


def found(text: str) -> list[tuple[str, str, str]]:
    document = load("openapi.yaml", text=text)
    return [(f.rule, str(f.location), f.hint) for f in validate([document]).findings if f.severity.value == "error"]


HEAD = 'openapi: %s\ninfo: {title: T, version: "1"}\n'


def test_an_unknown_key_has_its_own_line_and_advice_that_fits() -> None:
    text = HEAD % "3.0.3" + (
        "paths:\n  /a:\n    fetch: {responses: {}}\n    get:\n      opertionId: a\n      other: 1\n"
        "      responses: {'200': {description: OK}}\n  b: {}\nwebhooks: {}\n"
    )
    hints = {place.partition(":")[2].partition("#")[0]: hint for _, place, hint in found(text)}
    assert hints["5:5"].startswith("It is no method; methods are get, put, post")
    assert hints["7:7"] == "Did you mean `operationId`?"
    assert hints["8:7"] == "Own keys start with `x-`."
    assert hints["10:3"] == "A path starts with a slash: `/b`."
    assert hints["11:1"] == "`webhooks` exists since OpenAPI 3.1; this document is of 3.0."


def test_a_draft_of_the_next_version_gets_a_clear_word() -> None:
    [(rule, _, hint)] = found(HEAD % "3.3.0" + "paths: {}\n")
    assert rule == "invalid-document"
    assert "is a draft, or newer" in hint


@pytest.mark.parametrize("version", ["2.0", "'2.0'"])
def test_a_version_that_is_not_quoted_is_understood(version: str) -> None:
    assert found(f'swagger: {version}\ninfo: {{title: T, version: "1"}}\npaths: {{}}\n') == []


def test_all_flaws_of_an_example_are_told() -> None:
    text = HEAD % "3.1.0" + (
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      type: object\n"
        "      properties: {a: {type: integer}, b: {type: integer}}\n      example: {a: x, b: y}\n"
    )
    findings = validate([load("openapi.yaml", text=text)]).findings
    assert sorted(f.location.pointer[-2:] for f in findings if f.rule == "example-mismatch") == ["/a", "/b"]
