"""The functions of `odd_functions`: what is described, and that the document is valid."""

from __future__ import annotations

import json
import typing as t

import pytest

from apispec.introspection import describe
from apispec.model import Introspection
from apispec.rendering.openapi import render
from apispec.validation import check
from tests.introspection.live import odd_functions

INTEGER = {"type": "integer"}


@pytest.fixture(scope="module")
def found() -> Introspection:
    return describe(odd_functions)


def parameters(found: Introspection, name: str) -> dict[str, t.Any]:
    endpoint = found.api.endpoint(name)
    assert endpoint is not None
    return {p.name: p.schema for p in endpoint.parameters}


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_the_document_is_valid(found: Introspection, version: str) -> None:
    text = render(found.api, version=version)
    assert check(json.loads(text)) == []
    assert "hunter2" not in text


def test_what_is_described(found: Introspection) -> None:
    file = {"type": "string", "format": "binary"}
    assert parameters(found, "files") == {"x": file, "files": {"type": "array", "items": file}}
    assert parameters(found, "qualified") == {"x": INTEGER, "y": INTEGER, "z": INTEGER}
    assert parameters(found, "bad_metadata") == {"x": INTEGER, "y": INTEGER}
    assert parameters(found, "tuples")["z"] == {"type": "array", "items": {"anyOf": [INTEGER, {"type": "string"}]}}
    assert parameters(found, "dispatched") == {"x": {}}
    assert "enum.Enum" in str(parameters(found, "too_general")["x"])
    managed = found.api.endpoint("managed")
    assert managed is not None and managed.result is not None and not managed.result.streaming
    texts = found.api.endpoint("texts")
    assert texts is not None
    assert [p.default and (p.default.value, p.default.text) for p in texts.parameters] == [
        None,
        (None, "..."),
        ("</script>{{ x }}`$\u202e\n\x00", None),
    ]


def test_defaults_of_fields_fit_or_are_text(found: Introspection) -> None:
    aliased = found.api.schemas["Aliased"]
    assert isinstance(aliased, dict)
    properties = aliased["properties"]
    assert properties["OTHER"] == {"type": "array", "items": INTEGER, "x-python-default": "'[]'"}
    assert properties["WRONG"] == {"type": "integer", "x-python-default": "'not a number'"}
    assert properties["SECRET"]["x-python-default"] == "**********"
    assert "default" not in properties["PATH"]


def test_what_is_left_out_is_reported(found: Introspection) -> None:
    messages = [f.message for f in found.findings]
    assert any("a part of the hint of parameter x can't be described" in m for m in messages)
    assert any(m.startswith("classes can't be called: parameter x is a") and "Proto" in m for m in messages)
    assert any(m.startswith("tests.introspection.live.odd_functions.Tuple_ ") and "Nowhere" in m for m in messages)
    assert all(
        f.location.file == "tests/introspection/live/odd_functions.py" or not f.location.file for f in found.findings
    )
