"""Binding is a part of the call: what raises in it is the call's own error on every protocol; what is taken, and what is
refused, is what `pydantic.validate_call` takes and refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import attrs
import pytest
import requests
from gradio_client import Client as GradioClient
from gradio_client.exceptions import AppError
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
    v1,
    validate_call,
)

from apispec import App
from apispec.introspection import describe
from apispec.runtime import Problem, functions
from tests.serving import Served, served


def unlucky(value: Any) -> Any:
    if value == 13:
        raise KeyError("unlucky")
    return value


class Checked(BaseModel):
    a: int = 1

    @field_validator("a")
    @classmethod
    def check(cls, value: int) -> int:
        if value == 13:
            raise RuntimeError("unlucky")
        return value


class Exiting(BaseModel):
    a: int = 1

    @model_validator(mode="after")
    def leave(self) -> Exiting:
        if self.a == 13:
            raise SystemExit(3)
        return self


@dataclass
class Made:
    a: int = 1

    def __post_init__(self) -> None:
        if self.a == 13:
            raise RuntimeError("unlucky")


@attrs.define
class Kept:
    a: int = attrs.field(default=1, validator=lambda made, field, value: unlucky(value))


class Old(v1.BaseModel):
    a: int = 1

    @v1.validator("a")
    def check(cls, value: int) -> int:
        if value == 13:
            raise ValueError("unlucky")
        return value


app = App("Binding")


@app.endpoint
def checked(value: Checked) -> int:
    return value.a


@app.endpoint
def exiting(value: Exiting) -> int:
    return value.a


@app.endpoint
def made(value: Made) -> int:
    return value.a


@app.endpoint
def kept(value: Kept) -> int:
    return value.a


@app.endpoint
def old(value: Old) -> int:
    return value.a


@app.endpoint
def hinted(value: dict[str, Annotated[int, BeforeValidator(unlucky)]]) -> int:
    return value["a"]


REFUSED = {"checked": 500, "exiting": 500, "made": 500, "kept": 422, "old": 422, "hinted": 500}
"""What a value that a validator does not like is answered with: ValueError says so, anything else is a failure."""


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served(app) as running:
        yield running


@pytest.mark.parametrize("name", REFUSED)
def test_raising_over_http(server: Served, name: str) -> None:
    assert requests.post(f"{server.url}/{name}", json={"value": {"a": 2}}, timeout=20).json() == 2
    answer = requests.post(f"{server.url}/{name}", json={"value": {"a": 13}}, timeout=20)
    assert answer.status_code == REFUSED[name]
    assert answer.headers["content-type"] == "application/problem+json" and answer.json()["status"] == REFUSED[name]


def test_raising_over_mcp(server: Served) -> None:
    async def call() -> None:
        async with Client(f"{server.url}/mcp") as client:
            for name in REFUSED:
                result = await client.call_tool(name, {"value": {"a": 13}})
                assert result.is_error and result.content, name
                fine = await client.call_tool(name, {"value": {"a": 2}})
                assert not fine.is_error and fine.structured_content == {"result": 2}, name

    asyncio.run(asyncio.wait_for(call(), 60))


def test_raising_over_gradio(server: Served) -> None:
    client = GradioClient(server.url, verbose=False)
    for name in REFUSED:
        with pytest.raises(AppError):
            client.predict({"a": 13}, api_name=f"/{name}")
        assert client.predict({"a": 2}, api_name=f"/{name}") == 2


class Item(BaseModel, extra="forbid", strict=True):
    size: Annotated[int, Field(lt=5)]
    name: str = "x"


HINTS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "int": (int, st.integers(-9, 9)),
    "small": (Annotated[int, Field(ge=0, lt=5)], st.integers(-3, 7)),
    "str": (str, st.text(max_size=3)),
    "short": (Annotated[str, Field(min_length=1, max_length=2)], st.text("ab", max_size=3)),
    "bool": (bool, st.booleans()),
    "float": (float, st.floats(-9, 9)),
    "maybe": (int | None, st.none() | st.integers(-9, 9)),
    "list": (list[int], st.lists(st.integers(-9, 9), max_size=3)),
    "dict": (dict[str, bool], st.dictionaries(st.text("ab", max_size=2), st.booleans(), max_size=2)),
    "literal": (Literal["a", 1], st.sampled_from(["a", 1, "b", 2])),
    "union": (str | list[str], st.text("ab", max_size=2) | st.lists(st.text("ab", max_size=2), max_size=2)),
    "item": (
        Item,
        st.fixed_dictionaries({"size": st.integers(0, 6)}, optional={"name": st.text("ab"), "x": st.none()}),
    ),
}
ANYTHING = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab1", max_size=2) | st.lists(st.integers(), max_size=1)
)


@st.composite
def signatures(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, st.SearchStrategy[Any]]]:
    """The text of a function that returns its arguments, what its hints mean, and values for what it takes by name."""
    names: dict[str, Any] = {"Field": Field, "Annotated": Annotated}
    values: dict[str, st.SearchStrategy[Any]] = {}
    written = []
    chosen = draw(st.lists(st.sampled_from(sorted(HINTS)), min_size=1, max_size=4))
    for number, kind in enumerate(chosen):
        names[f"H{number}"], fitting = HINTS[kind]
        field = draw(st.sampled_from(["", f'alias="as_{number}"', f'validation_alias="as_{number}"']))
        default = draw(st.sampled_from(["", "python", "field", "factory"]))
        own = f"p{number}"
        if default in ("field", "factory"):
            field = ", ".join(filter(None, [field, "default=None" if default == "field" else "default_factory=list"]))
        hint = f"Annotated[H{number}, Field({field})]" if field else f"H{number}"
        written.append(f"{own}: {hint}{' = None' if default == 'python' else ''}")
        values[f"as_{number}" if "alias" in field else own] = fitting
    text = f"def f(*, {', '.join(written)}):\n    return [{', '.join(f'p{n}' for n in range(len(written)))}]\n"
    return text, names, values


@settings(max_examples=60)
@given(signatures(), st.data())
def test_what_is_taken_is_what_validate_call_takes(
    made: tuple[str, dict[str, Any], dict[str, st.SearchStrategy[Any]]], data: st.DataObject
) -> None:
    text, names, fitting = made
    exec(compile(text, "<made>", "exec", dont_inherit=True), names)
    function = names["f"]
    checking = validate_call(config=ConfigDict(strict=True))(function)
    one = App("Test")
    one.add(function, name="f")
    (served_function,) = functions(one, describe(one).api)
    for _ in range(5):
        sent = {
            name: data.draw(st.one_of(values, values, values, ANYTHING))
            for name, values in fitting.items()
            if data.draw(st.integers(0, 4))
        }
        if data.draw(st.integers(0, 9)) == 0:
            sent["unknown"] = 1
        try:
            expected = checking(**sent)
        except ValidationError:
            with pytest.raises(Problem) as refused:
                served_function.bind(sent)
            assert refused.value.status == 422
        else:
            positional, named = served_function.bind(sent)
            assert not positional and function(**named) == expected
