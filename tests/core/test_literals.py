"""Literals evaluate back to the values they were made of: in Python, in node, and in three shells."""

from __future__ import annotations

import ast
import json
import math
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.literals import (
    BasicAuth,
    Env,
    EnvText,
    HeaderText,
    LocalFile,
    exact_in_javascript,
    json_text,
    percent_encode,
    shell_quote,
    shell_word,
    well_formed,
)
from apispec.literals.text import MAX_SAFE_INTEGER
from apispec.snippets import literal

python = partial(literal, "python")
javascript = partial(literal, "javascript")
javascript_file = javascript
json_layout = partial(literal, "json")

ANY_TEXT = st.text(st.characters(codec=None), max_size=20) | st.text(
    st.sampled_from("'\"\\$`!{}<>&%\n\r\t\0\x1b\u2028\u202e\ud800\udc00 ab~=#*"), max_size=12
)
"""Lone surrogates included."""
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(ANY_TEXT | st.sampled_from(["__proto__", "constructor", "class"]), inner, max_size=4)
    ),
    max_leaves=12,
)
NASTY: list[Any] = [
    "", "it's", '"', "\\", "\\n", "$HOME `id` $(id) ${x}", "%s %20", "é€😀", "\u202e rtl \u200f", "\u2028\u2029\ufeff", "\0", "\x1b[31m", "\x7f\x85\xa0",
    "\ud800", "\udc00\ud800", "</script><!--", "{{ x }}", "a\nb\r\nc\td", "''' \"\"\"", "*/ // #", "\n::add-mask::x\n\t::y\n##[z]##[", None, True, False, 0, -1, 2**53, -(2**53) - 1, 10**400, 0.0,
    -0.0, 1e300, 5e-324, 0.1, math.inf, -math.inf, math.nan, [], {}, [[]], {"": {}}, {"__proto__": 1}, {"__proto__": {"__proto__": []}}, {"a b": 1, "1": 2, "0": 3},
    {"class": 1, "if": 2}, [None, [True, {"x": [1.5]}]], "x" * 200, ["y" * 50, "z" * 50], {"key " * 10: ["v" * 40] * 3},
]  # fmt: skip


def same(a: Any, b: Any) -> bool:
    """Equality as exact as it gets: types, signs of zero, nan equal to itself."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return repr(a) == repr(b)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return bool(a == b)


def evaluate(text: str) -> Any:
    """A Python literal's value; `ast.literal_eval` knows no `float("inf")`, so calls are looked at first."""
    tree = ast.parse(text, mode="eval")
    assert all(ast.unparse(n.func) == "float" for n in ast.walk(tree) if isinstance(n, ast.Call))
    return eval(compile(tree, "literal", "eval"), {"__builtins__": {"float": float}})


@given(VALUES, st.integers(0, 100), st.sampled_from([0, 4, 8]))
def test_python_evaluates_back(value: Any, column: int, indent: int) -> None:
    text = python(value, column=column, indent=indent)
    assert same(evaluate(text), value)
    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("value", NASTY, ids=lambda value: ascii(value)[:30])
def test_nasty_values_in_python_and_json(value: Any) -> None:
    assert same(evaluate(python(value)), value)
    if not isinstance(value, float) or math.isfinite(value):
        assert same(json.loads(json_text(value)), value)
        assert same(json.loads(json_layout(value)), value)


@given(VALUES)
def test_json_reads_back(value: Any) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        with pytest.raises(ValueError, match="float"):
            json_text(value)
        return
    for text in (json_text(value), json_text(value, indent=2), json_layout(value), json_layout(value, width=10)):
        read = json.loads(text)
        assert read == json.loads(json.dumps(value))
        assert text.replace("\n", "").isprintable()


def test_json_stays_readable() -> None:
    assert json_text({"a": "é €", "b": ["<'&>", 1.5]}) == '{"a": "é €", "b": ["<\'&>", 1.5]}'
    assert json_text("\u202e\x7f😀\U000e0001") == '"\\u202e\\u007f😀\\udb40\\udc01"'


NODE = """
let text = ""; for await (const part of process.stdin) text += part;
const show = (value) =>
  value === null ? ["null"]
  : typeof value === "number" ? ["number", Object.is(value, -0) ? "-0" : String(value)]
  : typeof value === "string" ? ["string", Array.from({ length: value.length }, (_, i) => value.charCodeAt(i))]
  : typeof value === "boolean" ? ["boolean", value]
  : Array.isArray(value) ? ["array", value.map(show)]
  : ["object", Object.getPrototypeOf(value) === Object.prototype, Object.entries(value).map(([k, v]) => [show(k), show(v)])];
console.log(JSON.stringify(JSON.parse(text).map((code) => show((0, eval)(`"use strict"; (${code})`)))));
"""


def node(codes: list[str], script: str = NODE) -> Any:
    """Evaluate many expressions in one node."""
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(
        command,
        input=json.dumps(codes),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "USER_NAME": "a:b", "PASS_WORD": "p&", "TOKEN": "t k"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def shown(value: Any) -> Any:
    """What node must show for a value. Its numbers are doubles; integers beyond them are infinite."""
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, (int, float)):
        try:
            return ["number", float(value)]
        except OverflowError:
            return ["number", math.inf if value > 0 else -math.inf]
    if isinstance(value, str):
        units = value.encode("utf-16-le", "surrogatepass")
        return ["string", [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]]
    if isinstance(value, list):
        return ["array", [shown(v) for v in value]]
    return ["object", True, sorted([shown(k), shown(v)] for k, v in value.items())]


def as_shown(answer: Any) -> Any:
    """Node's answer with numbers read and keys sorted: JavaScript puts integer keys first."""
    if answer[0] == "number":
        return ["number", float(answer[1].replace("Infinity", "inf"))]
    if answer[0] == "array":
        return ["array", [as_shown(a) for a in answer[1]]]
    if answer[0] == "object":
        return ["object", answer[1], sorted([as_shown(k), as_shown(v)] for k, v in answer[2])]
    return answer


@pytest.mark.node
def test_javascript_evaluates_back() -> None:
    values = [*NASTY, *_samples(VALUES, 400)]
    codes = [javascript(v, column=i % 90, indent=i % 3 * 2) for i, v in enumerate(values)]
    assert all(code.replace("\n", "").isprintable() for code in codes)
    for value, answer in zip(values, node(codes), strict=True):
        assert repr(as_shown(answer)) == repr(shown(value)), value


@pytest.mark.node
def test_exact_in_javascript_is_right() -> None:
    values = [v for v in [*NASTY, *_samples(VALUES, 300)] if _is_json(v)]
    script = "let t = ''; for await (const p of process.stdin) t += p; console.log(JSON.stringify(JSON.parse(t).map((c) => JSON.stringify((0, eval)(`(${c})`)))));"
    for value, answer in zip(values, node([javascript(v) for v in values], script), strict=True):
        if exact_in_javascript(value):
            assert same(json.loads(answer, parse_int=float), json.loads(json.dumps(value), parse_int=float))
    assert not exact_in_javascript([{"a": MAX_SAFE_INTEGER + 1}])
    assert not exact_in_javascript(-0.0)
    assert exact_in_javascript([MAX_SAFE_INTEGER, -MAX_SAFE_INTEGER, 0.0, True, None, "x"])


@pytest.mark.node
def test_what_is_only_known_when_a_snippet_runs_in_javascript() -> None:
    basic = javascript(BasicAuth(Env("USER_NAME"), Env("PASS_WORD")))
    token = javascript(EnvText(("Bearer ", Env("TOKEN"))))
    header = javascript(HeaderText("é€"))
    picture = javascript_file(LocalFile("a'b.png", "iVBORw==", "image/png", True))
    note = javascript(LocalFile("n.txt", "it's é", "text/plain"))
    script = (
        "let t = ''; for await (const p of process.stdin) t += p; const out = [];"
        "for (const c of JSON.parse(t)) { const v = (0, eval)(`(${c})`); out.push(v instanceof File"
        " ? [v.name, v.type, [...new Uint8Array(await v.arrayBuffer())]] : v); } console.log(JSON.stringify(out));"
    )
    assert node([basic, token, header, picture, note], script) == [
        "Basic YTpiOnAm",
        "Bearer t k",
        "é€".encode().decode("latin-1"),
        ["a'b.png", "image/png", [0x89, 0x50, 0x4E, 0x47]],
        ["n.txt", "text/plain", list("it's é".encode())],
    ]


def test_what_is_only_known_when_a_snippet_runs_in_python() -> None:
    assert python(EnvText(("Bearer ", Env("TOKEN")))) == '"Bearer " + os.environ["TOKEN"]'
    assert python(HeaderText("é")) == '"é".encode()'
    assert python([LocalFile("a.png", "", "image/png")]) == '[handle_file("a.png")]'
    with pytest.raises(TypeError, match="no literal for set"):
        python({1})
    with pytest.raises(ValueError, match="not a name"):
        Env("a b")


def test_layout() -> None:
    value = {"first": list(range(30)), "second": {"a": None}, "third": []}
    assert python(value, indent=4, column=12).splitlines() == [
        "{",
        '        "first": [',
        *(f"            {i}," for i in range(30)),
        "        ],",
        '        "second": {"a": None},',
        '        "third": [],',
        "    }",
    ]
    assert (
        javascript({"a-b": ["x" * 80], "c": {"d": 1}})
        == '{\n  "a-b": [\n    "' + "x" * 80 + '",\n  ],\n  c: { d: 1 },\n}'
    )
    assert (
        json_layout({"a": ["x" * 80], "c": {"d": 1}}) == '{\n  "a": [\n    "' + "x" * 80 + '"\n  ],\n  "c": {"d": 1}\n}'
    )
    assert json_layout({"a": 1}) == '{"a": 1}'


SHELLS = [["sh"], ["bash"], ["zsh", "-f"]]
PRINT = 'import sys, json; print(json.dumps([a.encode("utf-8", "surrogateescape").decode() for a in sys.argv[1:]]))'


def in_shell(shell: list[str], words: list[str], folder: Path) -> list[str]:
    """The arguments that a program gets for these words, the shell being asked once."""
    (folder / "print.py").write_text(PRINT, encoding="utf-8")
    script = folder / "words.sh"
    script.write_bytes("".join(f'"{sys.executable}" -X utf8 print.py {word}\n' for word in [" ".join(words)]).encode())
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TOKEN": "a 'b' \"c\" $d", "PASS": ""}
    done = subprocess.run(
        [*shell, str(script)], capture_output=True, cwd=folder, check=False, env=environment, timeout=60
    )
    assert done.returncode == 0, done.stderr
    answer: list[str] = json.loads(done.stdout)
    return answer


def meant(text: str) -> str:
    return well_formed(text.replace("\0", "\ufffd"))


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell[0])
def test_shell_words_come_through(shell: list[str], tmp_path: Path) -> None:
    texts = (
        [v for v in NASTY if isinstance(v, str)]
        + ["!!", "!x", "~", "-n", "=ls", "a=b", "*", "#c", "a;b&c|d", "\n", "\r", "end\n\n", "%PATH%"]
        + _samples(ANY_TEXT, 150)
    )
    words = [shell_quote(t) for t in texts] + [shell_word(t) for t in texts]
    assert in_shell(shell, words, tmp_path) == [meant(t) for t in texts * 2]
    assert all(word.replace("\n", "").isprintable() for word in words)


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell[0])
def test_shell_words_with_variables_come_through(shell: list[str], tmp_path: Path) -> None:
    texts = [v for v in NASTY if isinstance(v, str)] + ["!!", "$TOKEN", "end\n"] + _samples(ANY_TEXT, 50)
    words = [shell_quote(EnvText((t, Env("TOKEN"), t, Env("PASS")))) for t in texts]
    assert in_shell(shell, words, tmp_path) == [meant(t) + "a 'b' \"c\" $d" + meant(t) for t in texts]


def test_shell_words_are_quoted_only_where_needed() -> None:
    assert shell_word("https://a.b/c?d") == "'https://a.b/c?d'"
    assert shell_word("a/b.txt") == "a/b.txt"
    assert shell_word("") == "''"
    assert shell_word("=x") == "'=x'"
    assert shell_quote("it's") == "'it'\\''s'"
    assert shell_quote("a\u202eb") == "'a'\"$(printf '\\342\\200\\256')\"'b'"
    assert shell_quote(EnvText(("Bearer ", Env("T")))) == '"Bearer ${T}"'
    assert shell_quote(EnvText(("a!", Env("T")))) == '""\'a!\'"${T}"'


@given(ANY_TEXT)
def test_percent_encoding_decodes_back(text: str) -> None:
    encoded = percent_encode(text)
    assert unquote(encoded, errors="strict") == well_formed(text)
    assert encoded.isascii()
    assert not set(encoded) & set(" \"<>[]{}|\\^`!#$&'()*+,/:;=?@")
    assert set(percent_encode(text, ":/")) - set(encoded) <= {":", "/"}


def test_percent_encoding_leaves_what_is_unreserved() -> None:
    unreserved = "ABCXYZabcxyz0189-._~"
    assert percent_encode(unreserved) == unreserved
    assert percent_encode("a b/é%") == "a%20b%2F%C3%A9%25"


def test_well_formed_is_what_javascript_makes_of_it() -> None:
    assert well_formed("a\ud800b\udfff") == "a\ufffdb\ufffd"
    assert well_formed("😀é") == "😀é"


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def _samples(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Always the same values of a strategy, for what must be asked in one batch."""
    found: list[Any] = []

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found
