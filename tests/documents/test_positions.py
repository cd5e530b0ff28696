"""Places in JSON texts: however a text is indented, each value is found where it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apispec.documents.json_reader import Positions

VALUE: Any = {
    "paths": {"/a": {"get": {"x": [1, {"y": {}}], "z": "\n}, {"}}, "/b": {"get": {}}},
    "list": [[], [{"x": 1}], {"k": [2]}],
    "last": {"a": 1},
}
TEXTS = [json.dumps(VALUE, indent=indent) for indent in (None, 0, 1, 2, "\t")] + [
    json.dumps(VALUE, indent=2).replace("\n", "\r\n"),
    json.dumps(VALUE, indent=4).replace('    "/b"', '"/b"'),
    json.dumps(VALUE, indent=2).replace("\n      }\n    },", "\n  }\n  },"),
    json.dumps(VALUE, indent=2).replace("},\n", "}\n,\n"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_each_value_is_found_where_it_stands(text: str) -> None:
    assert json.loads(text) == VALUE
    places = Positions(text)
    lines = text.split("\n")

    def look(value: Any, pointer: str) -> None:
        line, column = places.locate(pointer)
        here = lines[line - 1][column - 1 :]
        named = pointer.rpartition("/")[2].replace("~1", "/")
        if pointer:
            assert here.startswith((json.dumps(named), json.dumps(value)[:1])), pointer
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, one in reversed([*inner]):
            look(one, f"{pointer}/{str(key).replace('/', '~1')}")

    look(VALUE, "")
    assert places.locate("/last/a")[0] == text[: text.index('"last"')].count("\n") + (2 if "\n" in text else 1)


def test_places_in_one_long_line_and_in_many() -> None:
    items = [{"a": i} for i in range(3000)]
    for text in (json.dumps(items), json.dumps(items, indent=1), "\n" * 5000 + json.dumps(items)):
        places = Positions(text)
        for i in (0, 1, 700, 2999):
            line, column = places.locate(f"/{i}/a")
            assert text.split("\n")[line - 1][column - 1 :].startswith(f'"a": {i}')
