"""Parameter styles against the table "Style Examples" of the OpenAPI Specification (3.1.1 and 3.2), written down by hand."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apispec.literals import well_formed
from apispec.requests.styles import (
    as_it_is,
    cookie_pairs,
    encode_reserved,
    header_text,
    path_text,
    query_pairs,
    scalar_text,
)

VALUES: list[Any] = ["", "blue", ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}]

PATHS = [
    ("matrix", False, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("matrix", True, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ("label", False, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("label", True, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("simple", False, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("simple", True, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
]
QUERIES = [
    ("form", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("form", True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("form", None, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("spaceDelimited", False, None, None, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
    ("spaceDelimited", None, None, None, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
    ("pipeDelimited", False, None, None, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("deepObject", True, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]
COOKIES = [
    ("cookie", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("cookie", True, "color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
    ("form", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
]


@pytest.mark.parametrize("row", PATHS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_paths(row: Any) -> None:
    assert [path_text("color", v, row[0], row[1]) for v in VALUES] == list(row[2:])


@pytest.mark.parametrize("row", QUERIES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_queries(row: Any) -> None:
    for value, expected in zip(VALUES, row[2:], strict=True):
        if expected is not None:
            assert "&".join(f"{k}={v}" for k, v in query_pairs("color", value, row[0], row[1])) == expected


@pytest.mark.parametrize("row", COOKIES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_cookies(row: Any) -> None:
    for value, expected in zip(VALUES, row[2:], strict=True):
        assert "; ".join(f"{k}={v}" for k, v in cookie_pairs("color", value, row[0], row[1])) == expected


def test_headers() -> None:
    assert [header_text(v) for v in VALUES] == ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]
    assert [header_text(v, True) for v in VALUES] == ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]
    assert header_text("é %") == "é %"


def test_empty_lists_and_objects() -> None:
    assert query_pairs("a", []) == query_pairs("a", {}) == []
    assert query_pairs("a", [], explode=False) == [("a", "")]
    assert path_text("a", [], "matrix", True) == ""
    assert path_text("a", [], "matrix") == ";a"


def test_delimiters_inside_values_are_encoded() -> None:
    assert path_text("a", ["x,y", "z/é"]) == "x%2Cy,z%2F%C3%A9"
    assert path_text("a b", "v", "matrix") == ";a%20b=v"
    assert query_pairs("a", ["x|y", "z"], "pipeDelimited") == [("a", "x%7Cy%7Cz")]
    assert query_pairs("a&", {"k=": "v&"}) == [("k%3D", "v%26")]
    assert cookie_pairs("c", "a;b") == [("c", "a%3Bb")]
    assert cookie_pairs("c", "a%3Bb", "cookie") == [("c", "a%3Bb")]


def test_deep_objects_go_on() -> None:
    value = {"a": {"b": [1, {"c": None}]}, "d é": "&"}
    assert query_pairs("f", value, "deepObject") == [
        ("f%5Ba%5D%5Bb%5D", "1"),
        ("f%5Ba%5D%5Bb%5D%5Bc%5D", "null"),
        ("f%5Bd%20%C3%A9%5D", "%26"),
    ]
    assert query_pairs("f", {"a": [1]}, "deepObject", encode=as_it_is) == [("f[a]", "1")]


@pytest.mark.parametrize(
    ("value", "text"),
    [("x", "x"), ("", ""), (True, "true"), (False, "false"), (None, "null"), (1, "1"), (1.5, "1.5"), (2**64, "18446744073709551616"), ({"a": [1]}, '{"a": [1]}')],
)  # fmt: skip
def test_scalars(value: Any, text: str) -> None:
    assert scalar_text(value) == text


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("https://a.b/c?d;e@f!$'()*,", "https://a.b/c?d;e@f!$'()*,"),
        ("a&b=c+d#e[f]", "a%26b%3Dc%2Bd%23e%5Bf%5D"),
        ("%2F%zz%", "%2F%25zz%25"),
        ("é \"<>", "%C3%A9%20%22%3C%3E"),
    ],
)  # fmt: skip
def test_reserved_characters_may_stay(text: str, encoded: str) -> None:
    assert encode_reserved(text) == encoded


TEXTS = st.text(st.characters(codec=None), max_size=8)


@given(TEXTS, st.lists(TEXTS, min_size=1), st.booleans())
def test_a_query_reads_back(name: str, values: list[str], explode: bool) -> None:
    pairs = query_pairs(name, values, "form", explode)
    read = parse_qsl("&".join(f"{k}={v}" for k, v in pairs), keep_blank_values=True, errors="strict")
    assert [k for k, _ in read] == [well_formed(name)] * len(pairs)
    assert [v for _, v in read] == (
        [well_formed(v) for v in values] if explode else [",".join(map(well_formed, values))]
    )
