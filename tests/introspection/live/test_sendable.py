"""Types of other libraries travel as what they are made of; what no JSON is is never shown as sent."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, Protocol

import attrs
import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from pydantic import v1

from apispec.declaring import App
from apispec.introspection import describe
from apispec.runtime import Problem, functions

from .support import one


@attrs.define
class Point:
    """A place."""

    x: float
    y: float = 0.0
    tags: list[str] = attrs.field(factory=list)
    _kept: int = 1


@attrs.define
class Line:
    start: Point
    end: Point | None = None


class Item(msgspec.Struct, rename="camel"):
    full_name: str
    unit_price: float = 1.0


class Shape(msgspec.Struct, tag="shape"):
    sides: int


class Old(v1.BaseModel):
    a: int
    b: str = v1.Field("x", alias="bB")


def served(function: Any) -> Callable[[dict[str, Any]], Any]:
    app = App("Test")
    app.add(function, name="f")
    [made] = functions(app, describe(app).api)

    def call(values: dict[str, Any]) -> Any:
        positional, named = made.bind(values)
        return made.dump(made.call(*positional, **named))

    return call


def echo_point(value: Point) -> Point:
    assert isinstance(value, Point)
    return value


def echo_line(value: Line) -> Line:
    assert isinstance(value, Line) and isinstance(value.start, Point)
    return value


def echo_points(value: list[Point], other: dict[str, Point] | None = None) -> list[Point]:
    assert all(isinstance(point, Point) for point in value)
    return value


def echo_item(value: Item) -> Item:
    assert isinstance(value, Item)
    return value


def echo_shape(value: Shape) -> Shape:
    assert isinstance(value, Shape)
    return value


def echo_old(value: Old) -> Old:
    assert isinstance(value, Old)
    return value


def echo_array(value: np.ndarray) -> np.ndarray:
    assert isinstance(value, np.ndarray) and value.dtype == np.float64
    return value


def echo_whole(value: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    assert value.dtype == np.int64
    return value


def echo_scalar(value: np.float32) -> np.float32:
    assert isinstance(value, np.float32)
    return value


GOOD: list[tuple[Any, Any, Any]] = [
    (echo_point, {"x": 1}, {"x": 1.0, "y": 0.0, "tags": [], "kept": 1}),
    (echo_point, {"x": 1, "kept": 3, "tags": ["a"]}, {"x": 1.0, "y": 0.0, "tags": ["a"], "kept": 3}),
    (echo_line, {"start": {"x": 1}}, {"start": {"x": 1.0, "y": 0.0, "tags": [], "kept": 1}, "end": None}),
    (echo_points, [{"x": 2}], [{"x": 2.0, "y": 0.0, "tags": [], "kept": 1}]),
    (echo_item, {"fullName": "n"}, {"fullName": "n", "unitPrice": 1.0}),
    (echo_shape, {"sides": 3, "type": "shape"}, {"sides": 3, "type": "shape"}),
    (echo_old, {"a": 1, "bB": "z"}, {"a": 1, "bB": "z"}),
    (echo_array, [1, 2.5, None], [1.0, 2.5, None]),
    (echo_array, [[1], [2]], [[1.0], [2.0]]),
    (echo_whole, [1, 2], [1, 2]),
    (echo_scalar, 1.5, 1.5),
]
BAD: list[tuple[Any, Any]] = [
    (echo_point, {}), (echo_point, {"x": "a"}), (echo_line, {"start": {}}), (echo_item, {"full_name": "n"}),
    (echo_old, {"a": "q"}), (echo_array, "x"), (echo_array, [[1], [1, 2]]), (echo_whole, [1.5]), (echo_shape, {"sides": 3, "type": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("function", "sent", "expected"), GOOD)
def test_it_travels_both_ways(function: Any, sent: Any, expected: Any) -> None:
    assert served(function)({"value": sent}) == expected
    assert "undescribable-type" not in one(function).rules and one(function).endpoint.callable


@pytest.mark.parametrize(("function", "sent"), BAD)
def test_what_does_not_fit_is_refused(function: Any, sent: Any) -> None:
    with pytest.raises(Problem) as refused:
        served(function)({"value": sent})
    assert refused.value.status == 422


def test_classes_are_components_with_their_fields() -> None:
    found = one(echo_line)
    assert found.parameters()["value"] == {"$ref": "#/components/schemas/Line-Input"} or "Line" in str(
        found.parameters()
    )
    [point] = [schema for name, schema in found.api.schemas.items() if "Point" in name and "Input" not in name]
    assert isinstance(point, dict) and set(point["properties"]) == {"x", "y", "tags", "kept"}
    assert point["description"] == "A place."


def test_results_of_numpy_are_what_their_hints_say() -> None:
    def counted(a: int) -> int:
        return np.int64(a)  # type: ignore[return-value]

    def anything(a: int):
        return {"n": np.float32(0.5), "many": np.array([1, 2]), "point": Point(1)}

    assert served(counted)({"a": 3}) == 3
    assert served(anything)({"a": 1})["many"] == [1, 2]


class Goes(Protocol):
    def go(self) -> int: ...


class Connection: ...


def test_what_no_json_is_is_left_out_or_can_not_be_called() -> None:
    def sort(items: list[int], key: Callable[[int], int] | None = None) -> list[int]:
        return sorted(items, key=key)

    assert [p.name for p in one(sort).endpoint.parameters] == ["items"] and one(sort).endpoint.callable
    assert served(sort)({"items": [2, 1]}) == [1, 2]

    def apply(f: Callable[[int], int]) -> int: ...
    def use(c: Connection) -> int: ...
    def goes(p: Goes) -> int: ...
    def opened(x: int) -> Connection: ...
    @contextlib.contextmanager
    def managed(x: int):
        yield x

    def unknown(x: NobodyKnows) -> int: ...  # type: ignore[name-defined]  # noqa: F821

    for function in (apply, use, goes, opened, managed):
        assert not one(function).endpoint.callable and "uncallable-endpoint" in one(function).rules, function
    assert one(unknown).endpoint.callable
