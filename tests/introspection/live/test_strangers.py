"""Kinds that modules of strangers brought: each with the value that is right."""

from __future__ import annotations

import datetime
import enum
import functools
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar

import attrs
import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from pydantic import AliasPath, BaseModel, Field, v1, validate_call

from apispec.findings import Finding, Severity
from apispec.introspection import Options, describe
from apispec.introspection.docstrings import parse
from apispec.rendering import openapi
from apispec.runtime import Problem

from .support import module_of, one
from .test_sendable import served

T = TypeVar("T")
K = TypeVar("K", bound="Later")


class Later(BaseModel):
    a: int


@attrs.define
class Node:
    """A node of a tree."""

    value: int = attrs.field(validator=[attrs.validators.ge(0), attrs.validators.lt(9)])
    name: str = attrs.field(default="ab", validator=attrs.validators.matches_re("[a-z]+"))
    kind: str = attrs.field(default="x", validator=attrs.validators.in_(["x", "y"]))
    kids: list[Node] = attrs.field(factory=list)


class Cell(msgspec.Struct):
    size: Annotated[int, msgspec.Meta(ge=3, description="In pixels")]
    inner: Cell | None = None


class Address(v1.BaseModel):
    street: v1.constr(min_length=2) = v1.Field(..., description="With number")  # type: ignore[valid-type]
    mail: v1.AnyUrl | None = None
    ports: v1.conlist(int, max_items=2) = []  # type: ignore[valid-type]


def test_fields_have_the_bounds_that_their_library_checks() -> None:
    def f(node: Node, cell: Cell, address: Address) -> None: ...

    schemas = one(f).api.schemas
    assert schemas[_named(schemas, "Node")]["properties"] == {  # type: ignore[index]
        "value": {"type": "integer", "minimum": 0, "exclusiveMaximum": 9},
        "name": {"type": "string", "pattern": "^(?:[a-z]+)$", "default": "ab"},
        "kind": {"type": "string", "enum": ["x", "y"], "default": "x"},
        "kids": {"type": "array", "items": {"$ref": f"#/components/schemas/{_named(schemas, 'Node')}"}, "default": []},
    }
    assert schemas[_named(schemas, "Cell")]["properties"]["size"] == {  # type: ignore[index]
        "type": "integer", "minimum": 3, "description": "In pixels",
    }  # fmt: skip
    address = schemas[_named(schemas, "Address")]["properties"]  # type: ignore[index]
    assert address["street"] == {"type": "string", "minLength": 2, "description": "With number"}
    assert address["mail"]["anyOf"][0] == {"type": "string", "minLength": 1, "maxLength": 65536, "format": "uri"}
    assert address["ports"] == {"type": "array", "items": {"type": "integer"}, "maxItems": 2, "default": []}


def _named(schemas: Any, name: str) -> str:
    return next(known for known in schemas if known.rpartition(".")[2] == name)


def test_classes_that_hold_themselves_are_made_all_the_way_down() -> None:
    def depth(node: Node) -> int:
        return 1 + max([0, *map(depth, node.kids)])

    def widest(cell: Cell) -> Cell:
        assert cell.inner is None or isinstance(cell.inner, Cell)
        return cell

    assert served(depth)({"node": {"value": 1, "kids": [{"value": 2, "kids": [{"value": 3}]}]}}) == 3
    assert served(widest)({"cell": {"size": 3, "inner": {"size": 4}}})["inner"]["size"] == 4


class Gen(Protocol):
    def random(self) -> float: ...


def test_a_union_has_only_what_can_be_sent() -> None:
    def f(seed: int | np.random.Generator | None = None, many: list[Gen | str] = ()) -> None: ...  # type: ignore[assignment]

    found = one(f)
    assert found.parameters() == {
        "seed": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "many": {"type": "array", "items": {"type": "string"}},
    }
    assert any("in Python alone" in message for message in found.messages)
    assert all(f.severity == Severity.INFO for f in describe(f).findings)


def test_what_numpy_calls_like_an_array_is_one() -> None:
    def mean(x: npt.ArrayLike, dtype: npt.DTypeLike = None) -> float:
        return float(np.mean(np.asarray(x, dtype=dtype)))

    assert served(mean)({"x": [[1, 2], [3, 6]], "dtype": "float32"}) == 3.0
    assert served(mean)({"x": 2}) == 2.0
    assert one(mean).parameters()["dtype"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_bounds_written_as_text_and_generics_for_checkers_alone_are_found(tmp_path: Path) -> None:
    def bound(x: K) -> list[K]: ...  # type: ignore[empty-body]

    assert "unresolved-hint" not in one(bound).rules and "$ref" in one(bound).parameters()["x"]
    source = """
        class Series: ...
        def f(x: "Series[float] | int" = 1, y: "list[Series[int]] | None" = None) -> None: ...
    """
    found = describe(module_of(tmp_path, "checkers_alone", source))
    assert "unresolved-hint" not in [f.rule for f in found.findings]


def test_defaults_of_python_are_no_findings_in_the_document_either() -> None:
    def f(
        at: datetime.time = datetime.time(8, 30),
        since: datetime.datetime | None = datetime.datetime(2024, 1, 1),
        days: list[datetime.datetime] = [datetime.datetime(2024, 1, 1)],
    ) -> None: ...

    findings: list[Finding] = []
    written = openapi.render(one(f).api, findings=findings)
    assert findings == []
    assert '"x-python-default": "08:30:00"' in written


class Access(enum.IntFlag):
    READ = 4
    WRITE = 2


class Size(enum.Enum):
    S = 1
    M = 2
    MEDIUM = 2  # noqa: PIE796


def test_flags_are_numbers_and_values_stand_once() -> None:
    def f(a: Access = Access.READ | Access.WRITE, b: Literal[1, "a", True, Size.S] = 1, c: Size = Size.M) -> None: ...

    found = one(f)
    assert found.parameter("a").default.value == 6
    schemas = found.api.schemas
    flags: Any = schemas[_named(schemas, "Access")]
    assert (flags["type"], flags["minimum"], flags["maximum"]) == ("integer", 0, 6)
    assert flags["description"] == "Sum of 4 (READ), 2 (WRITE)"
    assert found.parameters()["b"]["enum"] == [1, "a", True]
    assert schemas[_named(schemas, "Size")]["enum"] == [1, 2]  # type: ignore[index]


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


class Answer(BaseModel, Generic[T]):
    data: T


def test_names_of_generic_components_say_what_they_hold() -> None:
    def f() -> Answer[Annotated[Cat | Dog, Field(discriminator="kind")]]: ...  # type: ignore[empty-body]
    def g() -> Answer[dict[str, Later | None]]: ...  # type: ignore[empty-body]

    found = describe([f, g], Options())
    names = [name.replace("introspection.live.test_strangers.", "") for name in found.api.schemas]
    assert {"Answer_Cat_or_Dog", "Answer_dict_str_Later_or_None"} <= set(names)


def test_prose_of_results_keeps_its_shape() -> None:
    pair = "S.\n\nReturns\n-------\ncounts : ndarray of int\n    How many.\nedges : ndarray of float\n    Where.\n"
    assert _said(pair) == "- `counts` (ndarray of int): How many.\n- `edges` (ndarray of float): Where."
    nested = "S.\n\nReturns:\n    tuple[int, str]: a pair (x, y):\n        - x: left\n        - y: right\n"
    assert _said(nested) == "a pair (x, y):\n\n- x: left\n- y: right"
    keys = "S.\n\nReturns:\n    dict: with the keys:\n        a: first\n        b (int): second\n"
    assert _said(keys) == "with the keys:\n\n- a: first\n- b (int): second"
    assert _said("S.\n\nReturns:\n    Note: nothing is changed.\n") == "Note: nothing is changed."
    assert _said("S.\n\nReturns:\n    A list of items, each: a number.\n") == "A list of items, each: a number."


def _said(text: str) -> str:
    found = parse(text).returns
    assert found is not None
    return found.description


def test_the_short_way_to_a_signature_reads_what_inspect_does() -> None:
    import inspect

    from apispec.introspection.callables import plainly

    def plain(a: int, /, b: str = "x", *c: float, d: bool, e: Any = None, **f: int) -> str: ...  # type: ignore[empty-body]
    def bare(a, b=1): ...  # type: ignore[no-untyped-def]
    def keywords(*, a=2, b): ...  # type: ignore[no-untyped-def]
    async def waits(a: "int", *rest) -> None: ...  # type: ignore[no-untyped-def]  # noqa: UP037

    for function in (plain, bare, keywords, waits, lambda x, *, y=1: x):
        signature = inspect.signature(function)
        raw, result = plainly(function)
        assert [tuple(one) for one in raw] == [
            (p.name, p.kind, p.annotation, p.default) for p in signature.parameters.values()
        ]
        assert result is signature.return_annotation or result == signature.return_annotation


def test_what_pydantic_takes_out_of_an_object_is_sent_in_it() -> None:
    @validate_call
    def search(
        text: Annotated[str, Field(validation_alias=AliasPath("filter", "text"), min_length=1)],
        size: Annotated[int, Field(validation_alias=AliasPath("filter", "page", "size"))] = 3,
        order: int = 2,
    ) -> str:
        return f"{text} {size} {order}"

    found = one(search)
    assert set(found.parameters()) == {"filter", "order"} and found.parameter("filter").required
    shape: Any = found.parameter("filter").schema
    assert shape["properties"]["text"] == {"type": "string", "minLength": 1} and shape["required"] == ["text"]
    assert served(search)({"filter": {"text": "x", "page": {"size": 5}}}) == "x 5 2"
    assert served(search)({"filter": {"text": "x"}, "order": 9}) == "x 3 9"
    with pytest.raises(Problem):
        served(search)({"text": "x"})


def test_what_dispatches_on_its_first_argument_is_given_it_by_position() -> None:
    @functools.singledispatch
    def show(value: object, times: int = 1) -> str:
        return "object" * times

    @show.register
    def _(value: int, times: int = 1) -> str:
        return "int" * times

    assert served(show)({"value": 3, "times": 2}) == "intint" and served(show)({"value": "s"}) == "object"
