"""Values that are in JSON otherwise than in Python: inside of others, made by the class alone, members, own kinds of text."""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
from typing import Annotated, Any, Literal

import attrs
import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, Field, FutureDate, FutureDatetime, Json, validate_call
from typing_extensions import TypedDict, Unpack

from apispec.examples import arguments
from apispec.runtime import Problem

from .support import one
from .test_sendable import served


class Color(enum.Enum):
    RED = "red"
    GREEN = "green"


class Corner(enum.Enum):
    NEAR = (0, 0)
    FAR = (1, 1)


class UserId(str):
    pass


class Ids(list[int]):
    def __init__(self, values: list[int] = []) -> None:
        super().__init__(sorted(values))


class TwoParts(str):
    def __new__(cls, first: str, second: str) -> TwoParts:
        return super().__new__(cls, first + second)


class Named(BaseModel):
    first: str = Field(validation_alias=AliasPath("names", 0))
    last: str = Field(default="Doe", validation_alias=AliasPath("names", 1))
    city: str = Field("Rome", validation_alias=AliasChoices(AliasPath("address", "city"), AliasPath("at", -1)))
    code: str = Field("1", validation_alias=AliasChoices(AliasPath("address", "lines", 2), "zip"))


class Both(BaseModel, validate_by_name=True):
    first: str = Field(validation_alias=AliasPath("names", 0))


@dataclasses.dataclass
class Order:
    name: str
    scale: dataclasses.InitVar[int] = 2
    _: dataclasses.KW_ONLY
    count: int = 1
    total: int = dataclasses.field(init=False, default=0)

    def __post_init__(self, scale: int) -> None:
        self.total = self.count * scale


@attrs.define
class Sized:
    name: str
    size: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.size = len(self.name)


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    a: int


def test_fields_that_pydantic_takes_out_of_values_are_described_in_them() -> None:
    def f(n: Named, both: Both) -> None: ...

    schemas = one(f).api.schemas
    named: Any = next(schema for name, schema in schemas.items() if name.endswith("Named-Input"))
    assert named["properties"] == {
        "names": {
            "type": "array",
            "prefixItems": [{"type": "string"}, {"type": "string", "default": "Doe"}],
            "minItems": 1,
        },
        "address": {"type": "object", "properties": {"city": {"type": "string", "default": "Rome"}}},
        "zip": {"type": "string", "default": "1"},
    }
    assert named["required"] == ["names"]
    both: Any = next(schema for name, schema in schemas.items() if name.rpartition(".")[2].startswith("Both"))
    assert set(both["properties"]) == {"first"}


@pytest.mark.parametrize("decorated", [True, False])
def test_parameters_that_pydantic_takes_out_of_values_are_sent_in_them(decorated: bool) -> None:
    def f(
        a: Annotated[int, Field(validation_alias=AliasPath("at", 0))],
        b: Annotated[int, Field(validation_alias=AliasPath("at", 2), lt=9)] = 5,
        c: Annotated[int, Field(validation_alias=AliasChoices(AliasPath("more", "c"), AliasPath("x", 0)))] = 7,
        d: int = 1,
    ) -> list[int]:
        return [a, b, c, d]

    function = validate_call(f) if decorated else f
    found = one(function)
    assert found.parameter("at").schema == {
        "type": "array",
        "prefixItems": [{"type": "integer"}, True, {"type": "integer", "exclusiveMaximum": 9, "default": 5}],
        "minItems": 1,
    }
    assert set(found.parameters()) == {"d", "at", "more"} and not found.parameter("more").required
    assert served(function)({"at": [1]}) == [1, 5, 7, 1]
    assert served(function)({"at": [1, None, 3, 4], "more": {"c": 2}, "d": 6}) == [1, 3, 2, 6]
    for wrong in ({}, {"at": []}, {"at": [1, 2, 9]}, {"a": 1}, {"at": ["x"]}):
        with pytest.raises(Problem):
            served(function)(wrong)


def test_what_a_class_makes_alone_is_no_input_and_what_it_only_takes_no_result() -> None:
    def order(order: Order) -> Order:
        return order

    def sized(sized: Sized) -> Sized:
        return sized

    schemas = {name.rpartition(".")[2]: schema for name, schema in one(order).api.schemas.items()}
    assert list(schemas["Order-Input"]["properties"]) == ["name", "scale", "count"]  # type: ignore[index]
    assert list(schemas["Order"]["properties"]) == ["name", "count", "total"]  # type: ignore[index]
    assert served(order)({"order": {"name": "a", "scale": 3, "count": 2}}) == {"name": "a", "count": 2, "total": 6}
    schemas = {name.rpartition(".")[2]: schema for name, schema in one(sized).api.schemas.items()}
    assert list(schemas["Sized-Input"]["properties"]) == ["name"]  # type: ignore[index]
    assert schemas["Sized"]["required"] == ["name", "size"]  # type: ignore[index]
    assert served(sized)({"sized": {"name": "abc"}}) == {"name": "abc", "size": 3}


def test_members_are_taken_by_what_they_are_in_json() -> None:
    def f(color: Literal[Color.RED, "blue"], corner: Corner = Corner.FAR, corners: list[Corner] = []) -> str:
        return f"{color!r} {corner.name} {[c.name for c in corners]}"

    found = one(f)
    assert found.parameter("color").schema == {"enum": ["red", "blue"], "type": "string"}
    assert served(f)({"color": "red"}) == "<Color.RED: 'red'> FAR []"
    assert served(f)({"color": "blue", "corner": [0, 0], "corners": [[1, 1]]}) == "'blue' NEAR ['FAR']"
    with pytest.raises(Problem):
        served(f)({"color": "green"})
    with pytest.raises(Problem):
        served(f)({"color": "red", "corner": [0, 1]})


def test_classes_made_of_pythons_own_travel_as_these() -> None:
    def f(user: UserId, ids: Ids, two: TwoParts | None = None) -> Ids:
        assert type(user) is UserId and type(ids) is Ids
        return Ids([*ids, len(user)])

    found = one(f)
    assert found.parameter("user").schema == {"type": "string"}
    assert found.parameter("ids").schema == {"type": "array", "items": {"type": "integer"}}
    assert "two" not in found.parameters() or found.parameter("two").schema.get("type") != "string"  # type: ignore[union-attr]
    assert served(f)({"user": "ab", "ids": [9, 1]}) == [1, 2, 9]


def test_structs_that_forbid_more_fields_say_so() -> None:
    def f(strict: Strict) -> int:
        return strict.a

    (schema,) = one(f).api.schemas.values()
    assert schema["additionalProperties"] is False  # type: ignore[index]
    with pytest.raises(Problem):
        served(f)({"strict": {"a": 1, "b": 2}})


def test_examples_that_are_taken_where_only_some_values_are() -> None:
    def f(
        text: Json[list[dict[str, int]]],
        day: FutureDate,
        moment: FutureDatetime,
        like: npt.ArrayLike,
        number: np.complex128 = np.complex128(1),
    ) -> list[Any]:
        return [text, day.year, moment.year, np.asarray(like).ndim, type(number).__name__]

    found = one(f)
    sent = arguments(found.endpoint, found.api)
    assert served(f)(sent) == [json.loads(str(sent["text"])), 2999, 2999, 1, "complex128"]
    assert found.parameter("number").schema == {"type": "string"}


def test_docstrings_may_tell_of_what_a_partial_gives_and_of_the_whole_of_unpacked_keywords() -> None:
    class Options(TypedDict, total=False):
        depth: int

    def f(base: int, n: int = 2, **more: Unpack[Options]) -> int:
        """Do.

        Args:
            base: The base.
            n: Number.
            more: See `Options`.
        """
        return base * n

    assert "docstring-unknown-parameter" not in one(f).rules
    assert "docstring-unknown-parameter" not in one(functools.partial(f, 2)).rules
