"""Reading JSON and YAML: values, places, and what is wrong with a text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from apispec.documents import Limits, find, join, load, split
from apispec.errors import DocumentError

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], max_codepoint=0xFFFD))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def problems(name: str, text: str | bytes) -> list[tuple[str, int, int]]:
    return [(f.rule, f.location.line, f.location.column) for f in load(name, text=text).findings]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ('{"a": 1,}', "trailing-comma", 1, 8),
        ('{"a": [1,\n 2,\n]}', "trailing-comma", 2, 3),
        ('{"a": 1, "b": {"c": 1,\n "c": 2}}', "duplicate-key", 2, 2),
        ("{'a': 1}", "not-json", 1, 2),
        ('{"a": 1 // one\n}', "not-json", 1, 9),
        ('{"a": True}', "not-json", 1, 7),
        ('{"a": NaN}', "not-json", 1, 7),
        ('{"NaN": "NaN",\n "a": NaN}', "not-json", 2, 7),
        ('{"a": "' + "1" * 5000 + '",\n "b": ' + "1" * 5000 + "}", "not-json", 2, 7),
        ('{"a": "\0"}', "wrong-encoding", 1, 8),
        ('{"a": "x\ty"}', "not-json", 1, 9),
        ('{"a": 1', "not-json", 1, 8),
        ("{} {}", "not-json", 1, 4),
        ('{"a": "\\ud800"}', "invalid-unicode", 1, 8),
        ("  \n ", "empty-document", 1, 1),
        ("[" * 100_000, "too-deep", 1, 201),
        ("[" * 300 + "]" * 300, "too-deep", 1, 201),
        ("1" * 5000, "not-json", 1, 1),
    ],
)
def test_json_that_is_wrong(text: str, rule: str, line: int, column: int) -> None:
    assert problems("x.json", text) == [(rule, line, column)]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a:\n\tb: 1", "yaml-tab", 2, 1),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "duplicate-key", 4, 3),
        ("a: b: c", "not-yaml", 1, 5),
        ("a: [1, 2", "not-yaml", 2, 1),
        ("a: *nobody", "not-yaml", 1, 4),
        ("a: &x [*x]", "yaml-recursive-alias", 1, 8),
        ("a: 1\n---\nb: 2\n", "several-documents", 2, 1),
        ("a: 1\n# \x01", "wrong-encoding", 2, 3),
        ("[1, 2]: 3", "not-json", 1, 1),
        ("a: .inf", "not-json", 1, 4),
        ("a: !mine 1", "yaml-tag", 1, 4),
        ("# nothing\n", None, 0, 0),
        ("- " * 300 + "x", "too-deep", 1, 401),
        ("{" * 50_000, "not-json", 1, 2),
        ("[" * 50_000, "too-deep", 1, 201),
    ],
)
def test_yaml_that_is_wrong(text: str, rule: str | None, line: int, column: int) -> None:
    assert problems("x.yaml", text) == ([(rule, line, column)] if rule else [])


def test_aliases_that_grow_without_end_are_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert [rule for rule, _, _ in problems("x.yaml", "\n".join(lines))] == ["yaml-alias-bomb"]


def test_plain_words_of_yaml_are_read_as_openapi_tools_expect() -> None:
    text = "no: no\non: yes\ndate: 2020-01-01\ntime: 12:30\n200: ok\noctal: 0o17\nzeros: 017\nhex: 0xff\nfloat: 1e3\nnull: ~\nt: true\nbig: 1.0\nv: 3.1.0\n"
    assert load("x.yaml", text=text).data == {
        "no": "no", "on": "yes", "date": "2020-01-01", "time": "12:30", "200": "ok", "octal": 15, "zeros": 17,
        "hex": 255, "float": 1000.0, "null": None, "t": True, "big": 1.0, "v": "3.1.0",
    }  # fmt: skip


def test_merge_keys_and_aliases() -> None:
    document = load("x.yaml", text="base: &b {x: 1, y: 2}\nother:\n  <<: *b\n  y: 3\nsame: *b\n")
    assert document.data["other"] == {"x": 1, "y": 3}
    assert document.data["same"] == {"x": 1, "y": 2}
    assert document.locate("/other/y").line == 4
    assert document.locate("/other/x").line == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["x.json", "x.yaml", "-"])
def test_encodings_with_a_mark_are_read(encoding: str, name: str) -> None:
    document = load(name, text='{"a": "ä😀"}'.encode(encoding))
    assert document.findings == ()
    assert document.data == {"a": "ä😀"}


def test_bytes_that_are_no_text_have_a_place() -> None:
    assert problems("x.yaml", b"a: 1\nb: \xe9\n") == [("wrong-encoding", 2, 4)]


def test_places_in_json_and_yaml() -> None:
    text = '{\n "a": {"b/c": [1,\n   {"d~": 2}]}}'
    for name in ("x.json", "x.yaml"):
        document = load(name, text=text)
        assert str(document.locate("/a/b~1c/1/d~0")) == f"{name}:3:5#/a/b~1c/1/d~0"
        assert document.locate("/a/b~1c/1").line == 3
        assert (document.locate("/a/nothing/there").line, document.locate("/a/nothing/there").column) == (2, 2)
    block = load("x.yaml", text="a:\n  - x: 1\n  -\n    y: 2\n")
    assert (block.locate("/a/0").line, block.locate("/a/1/y").line, block.locate("/a").column) == (2, 4, 1)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_every_json_value_comes_back_and_every_place_is_found(value: object) -> None:
    for name, text in (
        ("x.json", json.dumps(value, indent=1)),
        ("x.yaml", json.dumps(value, indent=1)),
        ("y.yaml", "# YAML\n" + yaml.safe_dump(value, default_style='"', allow_unicode=True, sort_keys=False)),
    ):
        document = load(name, text=text)
        assert document.findings == ()
        assert document.data == value
        for tokens in places(value):
            location = document.locate(join(tokens))
            assert 1 <= location.line <= text.count("\n") + 1


def places(value: object) -> list[list[str]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [[], *([str(key), *rest] for key, inner in items for rest in places(inner))]


@given(st.lists(st.text()))
def test_pointers_come_apart_as_they_were_joined(tokens: list[str]) -> None:
    assert split(join(tokens)) == tokens


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="{}[]:,-&*!|>'\"#%@`\t\n ab1\\u", max_size=40))
def test_no_text_breaks_the_reader(text: bytes | str) -> None:
    for name in ("x.json", "x.yaml", "x"):
        document = load(name, text=text)
        assert document.readable or document.findings
        assert all(f.location.line >= 1 and f.message for f in document.findings)


def test_files_are_joined_and_places_lead_into_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("root.yaml").write_text(
        "paths:\n  /a:\n    $ref: 'parts/a.yaml'\n  /b:\n    $ref: 'parts/none.yaml#/x'\n", encoding="utf-8"
    )
    Path("parts").mkdir()
    Path("parts/a.yaml").write_text(
        "get:\n  schema:\n    $ref: ../root.yaml#/paths/~1a\n  other:\n    $ref: b.json#/B\n", encoding="utf-8"
    )
    Path("parts/b.json").write_text('{"B": {"self": {"$ref": "#/B"}}}', encoding="utf-8")
    document = load("root.yaml")
    target = document.data["paths"]["/a"]["$ref"]
    assert find(document.data, target)["get"]["schema"]["$ref"] == "#/paths/~1a"
    other = find(document.data, target)["get"]["other"]["$ref"]
    assert find(document.data, find(document.data, other)["self"]["$ref"]) == find(document.data, other)
    assert str(document.locate(target[1:] + "/get/other")) == "parts/a.yaml:4:3#/get/other"
    [missing] = document.findings
    assert (missing.rule, str(missing.location)) == ("unreadable-reference", "root.yaml:5:5#/paths/~1b/$ref")


@pytest.mark.parametrize(
    "reference", ["/etc/hostname", "file:///etc/hostname", "../../../../../etc/hostname", "https://example.com/a.yaml"]
)
def test_files_outside_of_the_project_and_addresses_are_not_read(
    reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("root.json").write_text(json.dumps({"a": {"$ref": reference}}), encoding="utf-8")
    document = load("root.json")
    assert [f.rule for f in document.findings] == ["unreadable-reference"]
    assert document.data == {"a": {"$ref": reference}}


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml", "https://example.com/openapi.json", "a\0b"):
        with pytest.raises(DocumentError):
            load(path)
    assert load("x.json", text="{}" * 9, limits=Limits(bytes=4)).findings[0].rule == "too-large"
    with pytest.raises(DocumentError, match="empty"):
        load("x.json", text="").required()
