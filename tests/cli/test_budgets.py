"""Small documents that would cost more than anybody has end soon, with what can be said of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from apispec.cli.live import named_by_the_user
from apispec.config import Config
from apispec.examples import is_valid
from apispec.mock import MockApplication
from apispec.rendering.pages import PagesOptions
from apispec.rendering.pages.data import MANY_SERVERS, page_data
from apispec.rendering.pages.wholes import whole
from apispec.runtime import Validator
from apispec.schemas import BUDGET, alternatives, is_affordable, unaffordable
from apispec.sources import read_document


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def chain(word: str, length: int = 40) -> dict[str, Any]:
    made: dict[str, Any] = {f"A{i}": {word: [ref(f"A{i + 1}"), ref(f"A{i + 1}")]} for i in range(length)}
    return {**made, f"A{length}": {"type": "object", "properties": {"x": {"type": "string"}}}}


def nested(length: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(length):
        schema = {"type": "array", "minItems": 10, "items": schema}
    return schema


CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "two that are each other": (ref("A"), {"A": {"allOf": [ref("B")]}, "B": {"allOf": [ref("A")]}}),
    "three that are each other": (
        ref("A"), {"A": {"allOf": [ref("B"), ref("C")]}, "B": {"allOf": [ref("C"), ref("A")]}, "C": {"allOf": [ref("A"), ref("B")]}},
    ),
    "doubled allOf": (ref("A0"), chain("allOf")),
    "doubled anyOf": (ref("A0"), chain("anyOf")),
    "doubled oneOf": (ref("A0"), chain("oneOf")),
    "doubled properties": (
        ref("A0"),
        {**{f"A{i}": {"type": "object", "required": ["a", "b"], "properties": {"a": ref(f"A{i + 1}"), "b": ref(f"A{i + 1}")}} for i in range(40)}, "A40": {}},
    ),
    "a long chain": (ref("A0"), {**{f"A{i}": ref(f"A{i + 1}") for i in range(3000)}, "A3000": {"type": "string"}}),
    "doubled allOf, and what it leaves unevaluated": (
        ref("A0"),
        {name: {**schema, "unevaluatedProperties": ref("A40")} for name, schema in chain("allOf").items()},
    ),
    "many items, nested": (nested(20), {}),
    "many items": ({"type": "array", "minItems": 10**9, "items": {"type": "string"}}, {}),
    "much that is contained": ({"type": "array", "minContains": 10**12, "contains": {"type": "integer"}}, {}),
    "much that is contained once": (
        {"type": "array", "minContains": 10**12, "uniqueItems": True, "contains": {"type": "integer"}}, {},
    ),
    "many properties": ({"type": "object", "minProperties": 10**7, "patternProperties": {"^(a+)+$": {"type": "string"}}}, {}),
    "a long text of a pattern": ({"type": "string", "minLength": 10**6, "pattern": "(a+)+$"}, {}),
    "a pattern of patterns": ({"type": "string", "pattern": "^((((a{1000}){1000}){1000}){1000})$"}, {}),
    "a long text of a pattern that looks ahead": ({"type": "string", "minLength": 10**5, "pattern": r"(?=(a+))\1*b"}, {}),
    "a long text": ({"type": "string", "minLength": 10**9}, {}),
}  # fmt: skip


def written(schema: Any, schemas: dict[str, Any], **more: Any) -> None:
    body = more.pop("body", {"application/json": {"schema": schema}})
    post = {"operationId": "x", "requestBody": {"content": body}, "responses": {"200": {"description": "OK"}}}
    info = {"title": "T", "version": "1", **more.pop("info", {})}
    components = {"schemas": schemas, **more}
    data = {"openapi": "3.1.0", "info": info, "paths": {"/x": {"post": post}}, "components": components}
    Path("doc.json").write_text(json.dumps(data), encoding="utf-8")


def spec(*arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, which is ended where it takes too long."""
    command = [sys.executable, "-m", "apispec", *(arguments or ("spec", "doc.json"))]
    return subprocess.run(command, capture_output=True, text=True, timeout=90)


@pytest.mark.parametrize("name", CASES)
def test_it_ends(name: str) -> None:
    written(*CASES[name])
    done = spec()
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) < 12_000_000


DOUBLED_ELSEWHERE = {
    "conditions": {f"A{i}": {"if": ref(f"A{i + 1}"), "then": ref(f"A{i + 1}"), "else": ref(f"A{i + 1}")} for i in range(40)},
    "dependencies": {f"A{i}": {"dependentSchemas": {"a": ref(f"A{i + 1}"), "b": ref(f"A{i + 1}")}} for i in range(40)},
    "nothing": {f"A{i}": ref(f"A{i + 1}") for i in range(40)},
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBLED_ELSEWHERE)
def test_pages_of_it_end(name: str) -> None:
    written(ref("A0"), {**DOUBLED_ELSEWHERE[name], "A40": {"type": "string"}})
    assert spec("pages", "doc.json", "--out", "p").returncode == 0


@pytest.mark.parametrize("name", ["doubled allOf", "doubled anyOf", "doubled allOf, and what it leaves unevaluated"])
def test_a_validator_lets_through_what_it_cannot_judge_in_time(name: str) -> None:
    schema, schemas = CASES[name]
    judge = Validator(schema, schemas)
    assert judge.accepts({"x": 1}) and judge.errors({"x": 1}) == []
    assert not Validator(ref("A38"), schemas).accepts({"x": 1})


@pytest.mark.parametrize("pattern", [r"(?=(a+))\1*b", r"(?<!x)a+$", r"^(a+)\1b$"])
@pytest.mark.parametrize("where", ["pattern", "patternProperties"])
def test_long_texts_are_not_judged_by_patterns_that_are_matched_by_trying(pattern: str, where: str) -> None:
    schema: dict[str, Any] = {"pattern": pattern} if where == "pattern" else {"patternProperties": {pattern: False}}
    text = "a" * 500_000
    value: Any = text if where == "pattern" else {text: 1}
    judge = Validator(schema, {})
    assert judge.accepts(value) and judge.errors(value) == []
    assert not is_valid(schema, value, {}), "an example has to be known to fit"
    written({**schema, "example": value}, {})
    assert "example-mismatch" not in spec("validate", "doc.json").stdout


def test_the_parts_and_ways_of_a_schema_are_bounded() -> None:
    schemas = {f"A{i}": {"anyOf": [ref(f"A{j}") for j in range(i + 1, 200)]} for i in range(199)}
    assert len(alternatives(ref("A0"), {**schemas, "A199": {"type": "string"}})) <= 32
    long: dict[str, Any] = {f"A{i}": {"allOf": [ref(f"A{i + 1}")], "title": str(i)} for i in range(3000)}
    assert len(whole(ref("A0"), long).parts) >= 100


def later(word: str, count: int = 70) -> dict[str, Any]:
    """Each schema has all later ones in it."""
    made: dict[str, Any] = {f"A{i}": {word: [ref(f"A{j}") for j in range(i + 1, count)]} for i in range(count - 1)}
    return {**made, f"A{count - 1}": {"type": "object", "properties": {"x": {"type": "string"}}}}


@pytest.mark.parametrize("word", ["allOf", "anyOf"])
def test_schemas_that_each_have_all_later_ones_end_together(word: str) -> None:
    written(ref("A0"), later(word))
    assert spec().returncode == 0
    assert "[unaffordable-schema]" in spec("pages", "doc.json", "--out", "p").stderr
    assert spec("snippet", "doc.json", "x").returncode == 0


def test_a_comparison_that_takes_too_long_says_where_it_ends() -> None:
    names = [f"A{i}" for i in range(150)]
    nodes: dict[str, Any] = {n: {"type": "array", "items": {"anyOf": [ref(other) for other in names]}} for n in names}
    written(ref("A0"), nodes)
    Path("doc.json").rename("old.json")
    written(ref("A0"), {**nodes, "A149": {"type": "object", "required": ["x"]}})
    done = spec("diff", "old.json", "doc.json")
    assert done.returncode == 2, done.stdout
    assert "json:1: comparing the schemas takes more than" in done.stderr


def test_a_chain_that_is_compared_in_part_is_told() -> None:
    nodes = {f"A{i}": {"type": "object", "properties": {"a": ref(f"A{i + 1}")}} for i in range(400)}
    written(ref("A0"), {**nodes, "A400": {"type": "string"}})
    Path("doc.json").rename("old.json")
    written(ref("A0"), {**nodes, "A400": {"type": "integer"}})
    done = spec("diff", "old.json", "doc.json")
    assert "Schemas that lie deeper than 150 in others count as equal, the first at doc.json:1" in done.stdout, (
        done.stderr
    )


def test_what_is_made_together_shares_a_budget() -> None:
    from apispec.examples import example
    from apispec.schemas import running

    schema = {"type": "array", "minItems": 400, "items": {"type": "string"}}
    with running(1_000) as budget:
        made = [len(example(schema, {}, guess=True)) for _ in range(4)]
    assert made[0] == 400 and budget.is_over
    assert made[-1] == 0  # a guess, since a part of the budget of one example is left
    assert len(example(schema, {}, guess=True)) == 400


def test_parts_that_are_many_are_not_merged_without_end() -> None:
    parts = [{"properties": {f"p{i}": {"type": "string"}}} for i in range(8_000)]
    written({"allOf": parts}, {})
    done = spec()
    assert done.returncode == 0 and "[guessed-value]" in done.stderr


def test_its_end_is_a_finding_with_a_place() -> None:
    written(*CASES["doubled allOf"])
    assert "doc.json:1:" in (said := spec("validate", "doc.json", "--fail-on", "never").stdout)
    assert "[unaffordable-schema] Checking a value against A0 takes too many steps." in said
    written(*CASES["two that are each other"])
    assert "A leads back to itself" in spec("validate", "doc.json", "--fail-on", "never").stdout


@pytest.mark.parametrize(
    "body",
    [
        {"application/json": {"$ref": "#/components/x-media/Pet"}},
        {"multipart/form-data": {"schema": {"type": "object", "properties": {"a": {"items": {}}, "b": {"items": [1]}}}}},
        {"application/json": {"schema": {"$ref": "a\0b.json#/x"}}},
        {"application/json": {"schema": {"$ref": "x" * 5000}}},
    ],
    ids=["media type elsewhere", "items without a type", "NUL", "long"],
)  # fmt: skip
def test_odd_places(body: Any) -> None:
    written({}, {}, body=body, **{"x-media": {"Pet": {"schema": {"type": "string"}}}})
    done = spec()
    missing = "unreadable-reference" in done.stderr  # a file that cannot be read ends the command
    assert done.returncode == (1 if missing else 0), done.stderr
    assert "internal error" not in spec("validate", "doc.json").stderr


@pytest.mark.parametrize("number", ["1e400", "-1e999", "9" * 6000])
def test_numbers_that_nothing_can_hold(number: str) -> None:
    written({"type": "number", "example": "NUMBER"}, {})
    Path("doc.json").write_text(Path("doc.json").read_text().replace('"NUMBER"', number))
    done = spec()
    assert done.returncode == 2
    assert "doc.json:1:" in done.stderr
    assert "internal error" not in done.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without end")
def test_files_without_end_in_place_of_what_was_agreed_on() -> None:
    written({}, {})
    Path("agreed").symlink_to("/dev/zero")
    for arguments in (("validate", "doc.json", "--baseline"), ("diff", "doc.json", "doc.json", "--waivers")):
        done = spec(*arguments, "agreed")
        assert done.returncode == 2 and "File too large" in done.stderr, done.stderr


@pytest.mark.parametrize("how", [("--static",), ()], ids=["static", "imported"])
def test_expressions_that_the_parser_refuses_are_told_from_a_lack_of_memory(how: tuple[str, ...]) -> None:
    Path("deep.py").write_text(f"def f(x: int = {'-' * 100_000}1) -> int: ...\n", encoding="utf-8")
    done = spec("spec", "deep.py", *how)
    assert done.returncode == 2
    assert "deep.py: its expressions nest too deeply for Python's parser" in done.stderr, done.stderr


def test_all_arguments_of_a_tool_share_a_budget() -> None:
    every = {f"p{i}": ref(f"A{i}") for i in range(60)}
    written(ref("A0"), {f"A{i}": {"type": "object", "properties": every} for i in range(60)})
    done = spec("tools", "doc.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"description"') < BUDGET.tool + 60 * BUDGET.tool_least
    assert "[tool-schema-simplified]" in done.stderr or "left open here" in done.stdout


def test_names_that_no_file_can_have() -> None:
    written({}, {}, info={"description": "api-placeholder-" + "9" * 5000})
    done = spec("build", "doc.json", "--out", "x" * 300)
    assert done.returncode == 2
    assert "File name too long" in done.stderr
    assert "internal error" not in done.stderr


def test_schemas_of_real_documents_are_affordable() -> None:
    json_value = {"anyOf": [{"type": "string"}, {"type": "array", "items": ref("Json")}]}
    tree = {"type": "object", "properties": {"left": ref("Tree"), "right": {"allOf": [ref("Tree")]}}}
    schemas = {"Json": json_value, "Tree": tree}
    assert unaffordable(schemas) == {}
    assert is_affordable({"allOf": [ref("Json"), ref("Tree")]}, schemas)
    assert not is_affordable({"properties": {"x": ref("A")}}, {"A": {"allOf": [ref("A")]}})


def test_what_every_page_asks_of_an_api_is_found_once() -> None:
    """Many security schemes, servers or references to references are not gone through again for each of them."""
    names = [f"s{i}" for i in range(400)]
    variable = {"default": "x" * 1000, "enum": [str(i) for i in range(5_000)]}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "servers": [{"url": f"https://{i}.example/{{a}}", "variables": {"a": variable}} for i in range(100)],
        "paths": {"/a": {"post": {"responses": {"204": {"description": "D"}}}}},
        "security": [{name: []} for name in names],
        "components": {
            "schemas": CASES["a long chain"][1],
            "securitySchemes": {name: {"type": "apiKey", "in": "header", "name": f"X-{name}"} for name in names},
        },
    }
    Path("doc.json").write_text(json.dumps(document))
    api = read_document("doc.json").api
    started = time.process_time()
    made = page_data(api, PagesOptions(), "", {api.endpoints[0].name: {}}, every_scheme=True)
    data = json.loads(made)
    assert time.process_time() - started < 6  # it took a minute
    assert len(data["schemes"]) == 400 and len(data["endpoints"][api.endpoints[0].name]["ways"]) == 400
    assert 100 < len(data["servers"]) <= MANY_SERVERS
    for name in api.schemas:
        whole(ref(name), api.schemas)
    assert time.process_time() - started < 12


def test_urls_that_are_none() -> None:
    """`http://[x` is no URL, and `urlsplit` raises at it, wherever a document or a header says it."""
    written({"type": "string"}, {})
    document = {**json.loads(Path("doc.json").read_text()), "servers": [{"url": "http://[x"}]}
    Path("doc.json").write_text(json.dumps(document))
    api = read_document("doc.json").api
    named_by_the_user(api, Config(), "http://127.0.0.1:1")
    assert MockApplication(api)
    for arguments in (("tools", "doc.json"), ("prove", "doc.json", "--in", "curl"), ("validate", "doc.json")):
        assert "internal error" not in spec(*arguments).stderr
