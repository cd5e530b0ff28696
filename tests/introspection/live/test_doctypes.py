"""Types as docstrings write them: read where sure, left alone where not."""

from __future__ import annotations

import typing as t

import pytest

from apispec.introspection.doctypes import default_hint, docstring_hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("int", int),
        ("integer", int),
        ("str, optional", str),
        ("string (optional)", str),
        ("bool, default True", bool),
        ("float, default: 1.5", float),
        ("`int`", int),
        (":class:`str`", str),
        ("~int", int),
        ("a string", str),
        ("None", type(None)),
        ("number", float),
        ("dict", dict),
        ("int or None", t.Optional[int]),  # noqa: UP045
        ("int | str", t.Union[int, str]),
        ("int, float or str", t.Union[int, float, str]),
        ("str/bytes", t.Union[str, bytes]),
        ("list of int", list[int]),
        ("list of strings", list[str]),
        ("tuple of floats", tuple[float, ...]),
        ("set of str", set[str]),
        ("dict of str to int", dict[str, int]),
        ("list[int]", list[int]),
        ("List[str]", list[str]),
        ("typing.List[str]", list[str]),
        ("Dict[str, int]", dict[str, int]),
        ("Tuple[int, str]", tuple[int, str]),
        ("tuple[int, ...]", tuple[int, ...]),
        ("Optional[int]", t.Optional[int]),  # noqa: UP045
        ("Union[int, str]", t.Union[int, str]),
        ("Literal['a', 'b']", t.Literal["a", "b"]),
        ("{'a', 'b'}", t.Literal["a", "b"]),
        ("{'a', 'b'}, optional", t.Literal["a", "b"]),
        ("one of {1, 2}", t.Literal[1, 2]),
        ("list of int or None", t.Optional[list[int]]),  # noqa: UP045
        ("", None),
        ("array_like", None),
        ("callable", None),
        ("DataFrame", None),
        ("int or DataFrame", None),
        ("list of DataFrame", None),
        ("some text about it", None),
        ("list[DataFrame]", None),
        ("Dict[str]", None),
        ("{a, b}", None),
        ("dict of str to Thing", None),
        ("Optional[Thing]", None),
        ("Deque[int]", None),
        ("x" * 300, None),
    ],
)
def test_docstring_hint(text: str, hint: t.Any) -> None:
    assert docstring_hint(text) == hint


@pytest.mark.parametrize(
    ("default", "hint"),
    [
        (True, bool),
        (1, int),
        (1.5, float),
        ("", str),
        ([], list),
        ((), list),
        ({}, dict),
        (None, None),
        (len, None),
        (b"", None),
    ],
)
def test_default_hint(default: t.Any, hint: t.Any) -> None:
    assert default_hint(default) is hint
