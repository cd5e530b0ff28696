"""Lists of parameters without a heading: the signature's names make them sure."""

from __future__ import annotations

from apispec.introspection.docstrings import DocParameter, parse


def test_names_of_the_signature() -> None:
    text = "Make a hash.\n\nkey: bytes, the key.\nmsg: the text\n    to hash.\n\nUse `update` afterwards."
    doc = parse(text, names=["key", "msg"])
    assert doc.parameters == {"key": DocParameter("bytes, the key."), "msg": DocParameter("the text\nto hash.")}
    assert doc.description == "Use `update` afterwards."
    assert parse(text).parameters == {}
    assert parse(text, names=["other"]).parameters == {}


def test_bullets_and_emphasis() -> None:
    doc = parse(
        "Compare.\n\n- line: what is\n  junk.\n\n- char: also.\n\n*both*: neither.", names=["line", "char", "both"]
    )
    assert {name: p.description for name, p in doc.parameters.items()} == {
        "line": "what is\njunk.",
        "char": "also.",
        "both": "neither.",
    }


def test_a_numpy_docstring_that_forgot_its_heading() -> None:
    doc = parse("Go.\n\na : array_like\n    The data.\n\nReturns\n-------\nint\n", names=["a"])
    assert doc.parameters == {"a": DocParameter("The data.", "array_like")}
    assert doc.returns is not None


def test_words_of_prose_and_of_code_are_no_parameters() -> None:
    doc = parse("Go.\n\nNote: mind it.\n\nWrite::\n\n    name: value\n", names=["name", "value"])
    assert doc.parameters == {}
    assert "name: value" in doc.description


def test_what_a_section_says_comes_first() -> None:
    doc = parse("Go.\n\na: here.\n\nArgs:\n    a: There.", names=["a"])
    assert doc.parameters["a"].description == "There."


def test_prose_instead_of_a_type_describes() -> None:
    doc = parse("Go.\n\nParameters\n----------\nG : NetworkX graph\n\nn : int\n")
    assert doc.parameters == {"G": DocParameter("NetworkX graph", "NetworkX graph"), "n": DocParameter("", "int")}


def test_defaults_in_texts_are_literals_only() -> None:
    text = "Go.\n\nArgs:\n    a: A. Defaults to the system's.\n    b: B (default: 'x').\n    c: C. Default is `None`.\n    d: D, default 3."
    assert {name: p.default for name, p in parse(text).parameters.items()} == {
        "a": "",
        "b": "'x'",
        "c": "None",
        "d": "",
    }
