"""The page's script writes every value as Python does: same parts, same values, same text."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.errors import TemplateError
from apispec.literals import BasicAuth, CannotSayError, Env, EnvText, HeaderText, LocalFile
from apispec.rendering.pages.assets import tables
from apispec.requests.http_request import FilePart
from apispec.snippets import languages, snippets, table
from apispec.snippets.parts import Part, Slot, fill
from apispec.snippets.wire import parts_json, value_json
from apispec.templating import templates_dir
from tests.snippets.cases import GRADIO, HTTP, LINES, NASTY, PIXEL

TABLES = sorted(path.stem for path in (templates_dir() / "languages").glob("*.toml"))
EVERY = {protocol: [language.id for language in languages(protocol)] for protocol in ("http", "gradio")}
RUNNER = Path(__file__).with_name("fill.mjs")

Task = tuple[Sequence[Part], dict[str, Any]]


def every_table() -> str:
    """The tables of all languages, those of the menu among them, as the page's script has them once all are chosen."""
    found = {name: table(name) for name in TABLES}
    return f"{tables()}\nObject.assign(apispec.tables, {json.dumps(found)});"


def in_python(parts: Sequence[Part], values: dict[str, Any]) -> str | list[str]:
    """The text, or why there is none."""
    try:
        return fill(parts, values)
    except CannotSayError as error:
        return [str(error)]


def in_node(tasks: Sequence[Task]) -> list[str | list[str]]:
    lines = [
        json.dumps({"parts": parts_json(parts), "values": json.dumps(value_json(values))}) for parts, values in tasks
    ]
    script = (templates_dir() / "assets/script/encoders.js").read_text(encoding="utf-8")
    done = subprocess.run(
        ["node", str(RUNNER)],
        input="\n".join([json.dumps(f"{every_table()}\n{script}"), *lines]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.returncode, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def assert_same(tasks: Sequence[Task]) -> None:
    filled = in_node(tasks)
    assert len(filled) == len(tasks)
    pairs = zip(tasks, filled, strict=True)
    wrong = [(task, text, meant) for task, text in pairs if text != (meant := in_python(*task))]
    assert not wrong, (len(wrong), wrong[0])


def slot(encoder: str, value: Any, before: str = "  x = ") -> Task:
    return ["head\n", Slot("v", encoder, before, ";")], {"v": value}


def test_snippets_of_every_shape() -> None:
    assert_same(
        [
            (snippet.parts, snippet.values)
            for case in (*HTTP, *GRADIO)
            for snippet in snippets(
                case.api, case.endpoint, arguments=case.arguments, languages=EVERY[case.endpoint.protocol]
            )
        ]
    )


AWKWARD = (
    NASTY, LINES, "", " ", "plain", "plain\n", "1", "\0", "\ud800", "class", "a=b", "@f", "=x", "a\\", "\\:x", ")---", '"""', "``", "${x}", '"#', "$x",
    "é", "\U0001f600\ufe0f", "\u2028", "\u202e", "'", '"', "line \nends with a space \n", "\x7f\x80", "end\\", "#{x}", "r\"#", "x" * 90,
)  # fmt: skip
TEXTS = (*AWKWARD, EnvText((Env("TOKEN"),)), EnvText(("Bear'er \"", Env("A_B"), NASTY)))
FILES = tuple(
    LocalFile(name, content, kind, is_base64)
    for name, content, kind, is_base64 in [
        ("a.txt", NASTY, "text/plain", False), ("a b's.png", PIXEL, "image/png", True), ("", LINES, "application/json", False),
        ('"q"\\.bin', "", "application/octet-stream; a=\"b\"", False), ("ü$.csv", "a,b\n1,2 \n", "text/csv", False),
    ]
)  # fmt: skip
JSONS: tuple[Any, ...] = (
    None, True, -0.0, 1e22, 2**64, [], {}, [[], {}], {"a": [1, {"b": None}], "__proto__": NASTY, "1": LINES}, [NASTY] * 4,
    {"session_hash": EnvText((Env("SESSION_HASH"),)), "data": [FILES[0], [FILES[1]], "x" * 80]},
    {"session_hash": EnvText((Env("SESSION_HASH"),)), "\x000.0\0": ["\x000\0", "\x001.", "\\u00000.0\0", "\x000.0\0"]},
)  # fmt: skip
SAMPLES: dict[str, tuple[Any, ...]] = {
    "text": TEXTS,
    "json": (*JSONS, *TEXTS),
    "pair": (*((name, text) for name in AWKWARD for text in TEXTS[-5:]), *(("name", text) for text in TEXTS)),
    "argument": tuple((name, value) for name in AWKWARD for value in JSONS[:-2]),
    "upload": tuple((f"https://x/{name}", file) for name in AWKWARD[:4] for file in FILES),
    "part": tuple(FilePart(name, file) for name in ("a", NASTY, "a\n") for file in FILES),
    "file": FILES,
    "login": (BasicAuth(Env("USER_NAME"), Env("PASSWORD")),),
}
OWN = {
    "value": "json",
    "entry": "argument",
    **dict.fromkeys(("block", "word", "raw", "percent", "variable", "optional"), "text"),
}
"""The engine's own encoders, and what they write."""


def kind_of(name: str, encoders: Mapping[str, Any]) -> str:
    """What an encoder that a table defines writes, by the paths of its fields."""
    if name == "argument":
        return name
    text = json.dumps(encoders[name], ensure_ascii=False)
    whole = [other for other in re.findall(r"«\|([^«»]+)»", text) if other in encoders]
    if whole:
        return kind_of(whole[0], encoders)
    found = {*re.findall("«([^«»|]+)", text), *re.findall(r'"when": "(?:no )?([\w.]+)', text)}
    steps = {part for path in found for part in path.split(".")}
    if "1.filename" in found:
        return "upload"
    if "file" in steps or "name" in steps:
        return "part"
    if steps & {"0", "1"}:
        return "pair"
    if steps & {"filename", "content", "is_base64"}:
        return "file"
    return "login" if "user" in steps else "json" if '"json' in text else "text"


@pytest.mark.parametrize("language", TABLES)
def test_every_encoder_of_every_table_writes_what_python_writes(language: str) -> None:
    found = table(language)
    kinds = {**OWN, **dict.fromkeys(found.get("filters", {}), "text")}
    kinds |= {name: kind_of(name, found["encoders"]) for name in found.get("encoders", {})}
    tasks = []
    for name, kind in kinds.items():
        for value in SAMPLES[kind]:
            task = slot(f"{language}-{name}", value)
            try:
                in_python(*task)
            except TemplateError:
                continue  # an environment variable, or a file, where there can be none
            tasks.append(task)
    assert len(tasks) > 100
    assert_same(tasks)


def test_numbers() -> None:
    numbers = [
        0, -0.0, 1.0, -1.5, 1e15, 1e16, 1.5e16, 123456789012345680.0, 1e22, 1e-4, 1e-5, 1.25e-7, 5e-324,
        1.7976931348623157e308, 2**53 + 1, -(10**40), 0.1,
    ]  # fmt: skip
    assert_same([slot(encoder, n) for n in numbers for encoder in ("python", "javascript", "shell-json")])


ASSIGNED = st.characters().filter(lambda c: unicodedata.category(c) != "Cn")  # Unicode versions differ in the rest
TEXT = st.one_of(
    st.text(ASSIGNED, max_size=30),
    st.sampled_from([NASTY, "", "\0", "__proto__", "1", "\ud800", "class", "\n::a::b\n\t::c\n##[d]##["]),
)
NUMBER = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBER, TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(TEXT, inner, max_size=6)),
    max_leaves=15,
)
ENV = st.sampled_from(["TOKEN", "API_KEY"]).map(Env)
ENV_TEXT = st.lists(st.one_of(TEXT, ENV), min_size=1, max_size=4).map(lambda parts: EnvText(tuple(parts)))
FILE = st.builds(LocalFile, TEXT, TEXT, st.just("text/plain"), st.booleans())
NAMED = st.tuples(TEXT, TEXT)
TASKS = st.one_of(
    st.builds(slot, st.sampled_from(["python", "javascript", "quoted-json", "shell-json"]), VALUE),
    st.builds(slot, st.sampled_from(["shell", "javascript-url", "quoted"]), st.one_of(TEXT, ENV_TEXT)),
    st.builds(slot, st.just("python-argument"), st.tuples(TEXT, VALUE)),
    st.builds(slot, st.just("shell-header"), st.tuples(TEXT, st.one_of(TEXT, ENV_TEXT))),
    st.builds(
        slot,
        st.sampled_from(["python-field", "javascript-field", "shell-field", "shell-urlencoded"]),
        NAMED,
    ),
    st.builds(slot, st.sampled_from(["python-file", "javascript-file", "shell-file"]), st.builds(FilePart, TEXT, FILE)),
    st.builds(slot, st.sampled_from(["python-bytes", "python-sample", "shell-at-file", "shell-make-file"]), FILE),
    st.builds(slot, st.just("shell-query"), st.tuples(TEXT, ENV_TEXT)),
    st.builds(slot, st.just("shell-upload"), st.tuples(TEXT, FILE)),
    st.builds(slot, st.just("shell-word"), TEXT),
    st.builds(slot, st.sampled_from(["python-basic", "shell-basic"]), st.builds(BasicAuth, ENV, ENV)),
    st.builds(slot, st.sampled_from(["python", "javascript"]), TEXT.map(HeaderText)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(st.lists(TASKS, min_size=20, max_size=60))
def test_values_of_every_kind(tasks: list[Task]) -> None:
    assert_same(tasks)
