"""The page's script writes every value as Python does: same parts, same values, same text."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.literals import BasicAuth, Env, EnvText, HeaderText, LocalFile
from apispec.rendering.pages.assets import tables
from apispec.requests.http_request import FilePart
from apispec.snippets import snippets
from apispec.snippets.parts import Part, Slot, fill
from apispec.snippets.wire import parts_json, value_json
from apispec.templating import templates_dir
from tests.snippets.cases import GRADIO, HTTP, NASTY

RUNNER = Path(__file__).with_name("fill.mjs")

Task = tuple[Sequence[Part], dict[str, Any]]


def in_node(tasks: Sequence[Task]) -> list[str]:
    lines = [
        json.dumps({"parts": parts_json(parts), "values": json.dumps(value_json(values))}) for parts, values in tasks
    ]
    script = (templates_dir() / "assets/script/encoders.js").read_text(encoding="utf-8")
    done = subprocess.run(
        ["node", str(RUNNER)],
        input="\n".join([json.dumps(f"{tables()}\n{script}"), *lines]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.returncode, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_same(tasks: Sequence[Task]) -> None:
    filled = in_node(tasks)
    assert len(filled) == len(tasks)
    for (parts, values), text in zip(tasks, filled, strict=True):
        assert text == fill(parts, values), (parts, values)


def slot(encoder: str, value: Any, before: str = "  x = ") -> Task:
    return ["head\n", Slot("v", encoder, before, ";")], {"v": value}


def test_snippets_of_every_shape() -> None:
    assert_same(
        [
            (snippet.parts, snippet.values)
            for case in (*HTTP, *GRADIO)
            for snippet in snippets(case.api, case.endpoint, arguments=case.arguments)
        ]
    )


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
