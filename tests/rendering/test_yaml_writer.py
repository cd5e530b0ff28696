"""YAML that YAML 1.1 and 1.2 read alike."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from apispec.documents.yaml_writer import dump

TRICKY = [
    "", " ", "no", "Yes", "NULL", "~", "on", "y", "true", "1", "1.0", "1e3", "0o17", "0x1F", "0b1", "1_000", "12:30", "-", "- a",
    "2024-01-01", "2001-12-14t21:59:43.10-05:00", ".inf", "-.INF", ".nan", "=", "<<", "a: b", "a #b", "#a", "@a", "`a", "!a", "&a", "*a",
    "%a", "{a", "[a", "?", "? a", "|", ">", "'a'", '"a"', "a\nb", "a\n", "\na", "a\n\n", " a\nb", "a \nb", "a\tb\nc", "\ta", "é", "\u2028",
    "\x85", "\ufeff", "\x00", "\x1b", "a\r\nb", "---", "...", "a,b", "application/json", "/pets/{id}", "a b", "null and void",
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_texts_stay_texts(text: str) -> None:
    value = {text: [text, {text: text}]}
    assert yaml.safe_load(dump(value)) == value


CORE = re.compile(  # YAML 1.2, 10.3.2: what the core schema takes for something other than text
    r"(null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|"
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|)\Z"
)


@pytest.mark.parametrize("text", TRICKY)
def test_plain_texts_are_texts_in_yaml_1_2_too(text: str) -> None:
    written = dump([text]).removeprefix("- ").rstrip("\n")
    assert written[:1] in ('"', "|") or not CORE.match(written)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=8,
)  # fmt: skip


@given(VALUES)
def test_values_come_back(value: object) -> None:
    assert json.dumps(yaml.safe_load(dump(value))) == json.dumps(value)


def test_it_is_readable() -> None:
    value = {"openapi": "3.1.2", "info": {"title": "A b", "z": None, "x": 1e300, "t": "two\nlines"}, "e": [], "o": {}}
    assert dump(value) == (
        'openapi: "3.1.2"\ninfo:\n  title: A b\n  z: null\n  x: 1.0e+300\n  t: |-\n    two\n    lines\ne: []\no: {}\n'
    )


@pytest.mark.parametrize("text", ["a\n::error::b\n", "a\n  ::stop-commands::b\nc", "a\nb ##[error]c\n"])
def test_no_line_is_a_command_to_a_runner(text: str) -> None:
    written = dump({"description": text, text: [text]})
    assert not [line for line in written.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert yaml.safe_load(written) == {"description": text, text: [text]}
