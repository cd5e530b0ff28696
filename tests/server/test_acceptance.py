"""What the server accepts and what its document says are the same thing: schemathesis, and a property of our own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.examples import example
from apispec.introspection import describe
from apispec.model import Endpoint
from apispec.runtime.binding import Function
from apispec.runtime.collecting import functions
from apispec.runtime.problems import Problem
from apispec.runtime.validators import Validator
from tests.conftest import REPOSITORY
from tests.server import nasty as nasty_module
from tests.serving import Served, served

API = describe(nasty_module).api
FUNCTIONS = {f.endpoint.name: f for f in functions(nasty_module, API)}

LOOSER = {
    "times": "formats (dates) are annotations in JSON Schema",
    "values": "formats (UUID, IP addresses) and numbers in text",
    "shapes": "keys of mappings are text in JSON Schema",
    "models": "",
}
"""Endpoints whose schema accepts more than pydantic, and why."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e15, 1e15) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def mutated(value: Any) -> st.SearchStrategy[Any]:
    """A value as it is, or with something in it replaced by anything."""
    inside: list[st.SearchStrategy[Any]] = [st.just(value), st.just(value), JSON]
    if isinstance(value, dict) and value:
        inside.append(st.fixed_dictionaries({k: mutated(v) for k, v in value.items()}))
        inside.append(st.sampled_from(sorted(value)).map(lambda k: {n: v for n, v in value.items() if n != k}))
    if isinstance(value, list) and value:
        inside.append(st.tuples(*map(mutated, value)).map(list))
    return st.one_of(inside)


def accepted(function: Function, arguments: dict[str, Any]) -> bool:
    try:
        function.bind(arguments)
    except Problem as problem:
        assert problem.status == 422 and problem.errors
        return False
    return True


def arguments_schema(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {p.name: p.schema for p in endpoint.parameters},
        "required": [p.name for p in endpoint.parameters if p.required],
        "additionalProperties": False,
        "components": {"schemas": API.schemas},
    }


NAMES = [e.name for e in API.endpoints if e.parameters and not any(p.location == "file" for p in e.parameters)]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_accepted_is_what_the_schema_says(name: str, data: st.DataObject) -> None:
    function = FUNCTIONS[name]
    validator = jsonschema_rs.Draft202012Validator(arguments_schema(function.endpoint))
    near: dict[str, Any] = {}
    for parameter in function.endpoint.parameters:  # mostly right, now and then anything
        if parameter.required or data.draw(st.booleans()):
            near[parameter.name] = data.draw(mutated(example(parameter.schema, API.schemas)))
    says = validator.is_valid(near)
    does = accepted(function, near)
    assert does <= says, "nothing is accepted that the schema refuses"
    if name not in LOOSER:
        assert does == says, near


def test_validators_tell_what_is_wrong() -> None:
    validator = Validator({"type": "array", "items": {"type": "integer"}, "maxItems": 2}, {})
    assert validator.errors([1, 2]) == []
    assert {e.pointer for e in validator.errors(["x", 2, "y"])} == {"/0", "/2", ""}
    assert validator.errors("\ud800")[0].message.startswith("not JSON")
    assert not validator.accepts("\ud800") and not validator.accepts(float("inf"))
    assert Validator(False, {}).errors(1) and not Validator(True, {}).errors(1)


@pytest.fixture(scope="module")
def quickstart() -> Iterator[Served]:
    from apispec.runtime.loading import load

    with served(load(str(REPOSITORY / "examples" / "quickstart" / "app.py"))) as running:
        yield running


def schemathesis(url: str, *options: str) -> None:
    command = [
        str(Path(sys.executable).parent / "schemathesis"),
        "run",
        f"{url}/openapi.json",
        "--seed",
        "1",
        "--no-color",
    ]
    done = subprocess.run(
        [*command, "--phases", "examples,coverage,fuzzing", "--max-examples", "20", "--request-timeout", "10", *options],
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.slow
def test_schemathesis_finds_no_fault_in_the_quickstart(quickstart: Served) -> None:
    schemathesis(quickstart.url)


@pytest.mark.slow
def test_schemathesis_finds_no_fault_in_the_nasty_app(nasty: Served) -> None:
    left_out = {  # endpoint → what schemathesis can't do there
        "two_files": "make JSON text for a form field (contentSchema)",
        "values": "make a decimal number in text",
        "shapes": "make keys that are numbers",
        **dict.fromkeys(("add_and_slice", "empty", "enums", "numbers"), "read `prefixItems` of a result"),
    }
    options = [word for name in left_out for word in ("--exclude-operation-id", name)]
    schemathesis(nasty.url, *options, "--exclude-checks", "positive_data_acceptance")
    assert requests.post(f"{nasty.url}/text", json={"text": "still here"}, timeout=5).json() == "still here"
