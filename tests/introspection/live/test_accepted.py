"""Examples that validators of the target's own take, which no schema tells of."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, BeforeValidator, TypeAdapter, field_validator, model_validator

from .support import one


def even(value: int) -> int:
    if value % 2:
        raise ValueError("must be even")
    return value


def listed(value: str) -> str:
    if value not in ("north", "south"):
        raise ValueError("use 'north' or 'south'")
    return value


def numbered(value: Any) -> int:
    return int(value.removeprefix("#"))


class Shelf(BaseModel):
    code: str
    boxes: list[Annotated[int, AfterValidator(even)]]
    low: int
    high: int

    @field_validator("code")
    @classmethod
    def dashed(cls, value: str) -> str:
        assert "-" in value, "has a dash"
        return value

    @model_validator(mode="after")
    def ordered(self) -> Shelf:
        if self.low >= self.high:
            raise ValueError("low is below high")
        return self


@dataclass
class Money:
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3:
            raise RuntimeError("three letters")


@pytest.mark.parametrize(
    "hint",
    [
        Annotated[int, AfterValidator(even)],
        Annotated[str, AfterValidator(listed)],
        list[Annotated[str, AfterValidator(listed)]],
        Annotated[int, AfterValidator(even)] | None,
        Shelf,
        dict[str, Shelf],
        Money,
    ],
)
def test_an_example_is_one_that_validators_take(hint: Any) -> None:
    def f(a: Any) -> None: ...

    f.__annotations__["a"] = hint
    found = one(f)
    (example,) = found.parameter("a").examples
    TypeAdapter(hint).validate_python(example.value)
    assert "guessed-value" not in found.rules


def test_what_no_value_was_found_for_is_said() -> None:
    def never(value: int) -> int:
        raise ValueError("out of stock")

    def f(a: Annotated[int, AfterValidator(never)], b: Annotated[int, BeforeValidator(numbered)]) -> None: ...

    found = one(f)
    assert found.parameter("a").examples == () and found.rules.count("guessed-value") == 2
    assert any("out of stock" in message for message in found.messages)


def test_a_slow_validator_is_not_asked_for_ever() -> None:
    asked: list[int] = []

    def slow(value: int) -> int:
        asked.append(value)
        time.sleep(0.4)
        raise ValueError("no")

    def f(a: Annotated[int, AfterValidator(slow)]) -> None: ...

    one(f)
    assert 1 < len(asked) < 8


def test_what_has_no_validators_of_its_own_has_no_example() -> None:
    def f(a: int, b: list[str], c: Annotated[int, AfterValidator(even)] = 2) -> None: ...

    assert all(p.examples == () for p in one(f).endpoint.parameters)
