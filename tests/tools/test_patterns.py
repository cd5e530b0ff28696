"""Every schema of every tool is one that JavaScript's validator compiles: a client loses all tools to a bad one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from apispec.model import Api, Endpoint, HttpCall, MediaType, Parameter, RequestBody, Result
from apispec.runtime import Validator
from apispec.tools import Tool, tools
from apispec.tools.patterns import is_javascript_pattern

NODE = Path(__file__).parent.parent / "node"

UNREADABLE = (
    "(?i)abc", r"a\z", r"\Ab", "[[:alpha:]]{", "a++", "(?P<x>a)", "(?>a)", r"\h", r"\_", "a{1", "(?x) a", r"\p{IsHan}",
    r"[\w-\d]", "*a", "[z-a]", "(?i:a)", "(?-i:a)", r"\-", "(?#c)a", "(?R)", "(?<a>x)(?<a>y)", "}", "(",
)  # fmt: skip
READABLE = (
    r"^\d+$", r"\p{L}\p{Script=Greek}", "(?:a|b)?", "(?<x>a)\\k<x>", "(?<=a)b", "(?!a)", r"[\-]", r"\/", "[^]", "",
    r"\u{1F600}", "(?:i:a)",
)  # fmt: skip


@pytest.mark.node
def test_what_is_readable_is_what_node_reads() -> None:
    script = "for (const p of JSON.parse(process.argv[1])) { try { new RegExp(p, 'u'); console.log(1) } catch { console.log(0) } }"
    given = [*UNREADABLE, *READABLE]
    done = subprocess.run(["node", "-e", script, json.dumps(given)], capture_output=True, text=True, check=True)
    truth = dict(zip(given, (line == "1" for line in done.stdout.split()), strict=True))
    assert {p: is_javascript_pattern(p) for p in given} == truth
    assert [p for p in given if truth[p]] == list(READABLE)


def odd_tools() -> tuple[Tool, ...]:
    endpoints = []
    for number, pattern in enumerate((*UNREADABLE, *READABLE)):
        schema: dict[str, Any] = {"type": "string", "pattern": pattern}
        keyed = {"type": "object", "patternProperties": {pattern: {"type": "integer"}}, "additionalProperties": False}
        either = {"oneOf": [schema, {"type": "integer", "enum": []}], "not": {"pattern": pattern}}
        result = {"type": "object", "properties": {"a": schema, "b": keyed}, "propertyNames": {"pattern": pattern}}
        body = {"type": "object", "properties": {"p": schema}, "patternProperties": {pattern: schema}}
        endpoints.append(
            Endpoint(
                name=f"f{number}", summary="S", call=HttpCall(path=f"/{number}"),
                parameters=tuple(Parameter(name=n, location="query", schema=s) for n, s in (("s", schema), ("k", keyed), ("e", either))),
                request_body=RequestBody(content=(MediaType(schema=body),)), result=Result(schema=result),
            )
        )  # fmt: skip
    return tools(Api(title="Odd", endpoints=tuple(endpoints)))


@pytest.mark.node
def test_ajv_compiles_all_of_them() -> None:
    schemas = [s for tool in odd_tools() for s in (tool.input_schema, tool.output_schema) if s is not None]
    script = (
        "import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/');"
        "const Ajv = require('ajv/dist/2020').default; let text = ''; for await (const p of process.stdin) text += p;"
        "for (const s of JSON.parse(text)) new Ajv({ strict: false, unicodeRegExp: true }).compile(s); console.log('all')"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], input=json.dumps(schemas), cwd=NODE, capture_output=True, text=True
    )  # fmt: skip
    assert done.stdout.strip() == "all", done.stderr[:2000]


def test_what_is_left_out_refuses_nothing() -> None:
    tool = odd_tools()[UNREADABLE.index("(?i)abc")]
    validator = Validator(tool.input_schema, {})
    assert validator.accepts({"s": "x", "k": {"ABC": 1}, "e": 1})


def test_a_body_with_other_properties_is_an_open_tool() -> None:
    def one(**more: Any) -> Tool:
        schema = {"type": "object", "properties": {"name": {"type": "string"}}, **more}
        endpoint = Endpoint(
            name="put", summary="S", parameters=(Parameter(name="id", location="path"),),
            request_body=RequestBody(content=(MediaType(schema=schema),), required=True), call=HttpCall(path="/{id}"),
        )  # fmt: skip
        return tools(Api(title="x", endpoints=(endpoint,)))[0]

    open_tool = one(additionalProperties={"type": "integer"})
    given = {"id": 1, "name": "n", "more": 2}
    assert Validator(open_tool.input_schema, {}).accepts(given)
    assert not Validator(open_tool.input_schema, {}).accepts({**given, "more": "text"})
    assert open_tool.to_endpoint(given) == {"id": 1, "body": {"name": "n", "more": 2}}
    patterned = one(patternProperties={"^x-": {"type": "string"}})
    assert Validator(patterned.input_schema, {}).accepts({"id": 1, "x-a": "b"})
    assert not Validator(patterned.input_schema, {}).accepts({"id": 1, "y": "b"})
    assert patterned.to_endpoint({"id": 1, "x-a": "b"}) == {"id": 1, "body": {"x-a": "b"}}
    assert one(additionalProperties=True).input_schema["additionalProperties"] is True
    assert one().input_schema["additionalProperties"] is False
    assert one(additionalProperties=False).input_schema["additionalProperties"] is False
