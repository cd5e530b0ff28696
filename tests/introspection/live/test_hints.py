# ruff: noqa: F821
"""What each hint becomes."""

from __future__ import annotations

import collections.abc as c
import datetime
import decimal
import enum
import ipaddress
import numbers
import pathlib
import re
import sys
import typing as t
import uuid
from pathlib import Path

import pytest
import typing_extensions as te
from annotated_types import Ge, Len
from pydantic import AfterValidator, AnyUrl, EmailStr, Field, SecretStr

from tests.introspection.live.support import module_of, one

STRING = {"type": "string"}
INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
NULL = {"type": "null"}
BYTES = {"type": "string", "format": "base64url", "contentEncoding": "base64url"}

UserId = t.NewType("UserId", int)
Bounded = t.TypeVar("Bounded", bound=int)
Chosen = t.TypeVar("Chosen", int, str)
Free = t.TypeVar("Free")


class Weekday(enum.Enum):
    SAT = "sat"
    SUN = "sun"


class Plain:
    pass


SCHEMAS: list[tuple[t.Any, t.Any]] = [
    (int, INTEGER),
    (float, NUMBER),
    (bool, {"type": "boolean"}),
    (str, STRING),
    (None, NULL),
    (type(None), NULL),
    (t.Any, {}),
    (object, {}),
    (bytes, BYTES),
    (bytearray, BYTES),
    (memoryview, BYTES),
    (complex, STRING),
    (list, {"type": "array", "items": {}}),
    (list[int], {"type": "array", "items": INTEGER}),
    (t.List[int], {"type": "array", "items": INTEGER}),  # noqa: UP006
    (c.Sequence[int], {"type": "array", "items": INTEGER}),
    (c.Iterable[int], {"type": "array", "items": INTEGER}),
    (c.Iterator[int], {"type": "array", "items": INTEGER}),
    (c.Collection[int], {"type": "array", "items": INTEGER}),
    (c.Container[int], {"type": "array", "items": INTEGER}),
    (c.Collection, {"type": "array", "items": {}}),
    (set[int], {"type": "array", "items": INTEGER, "uniqueItems": True}),
    (frozenset[str], {"type": "array", "items": STRING, "uniqueItems": True}),
    (tuple[t.Unpack[t.TypeVarTuple("Ts")]], {"type": "array", "items": {}}),
    (tuple[int, t.Unpack[t.TypeVarTuple("Ts")]], {"type": "array", "items": {}}),
    (tuple[int, str], {"type": "array", "prefixItems": [INTEGER, STRING], "minItems": 2, "maxItems": 2}),
    (tuple[int, ...], {"type": "array", "items": INTEGER}),
    (dict, {"type": "object", "additionalProperties": True}),
    (dict[str, int], {"type": "object", "additionalProperties": INTEGER}),
    (dict[int, str], {"type": "object", "additionalProperties": STRING}),
    (c.Mapping[str, int], {"type": "object", "additionalProperties": INTEGER}),
    (int | None, {"anyOf": [INTEGER, NULL]}),
    (t.Optional[int], {"anyOf": [INTEGER, NULL]}),  # noqa: UP045
    (t.Union[int, str, None], {"anyOf": [INTEGER, STRING, NULL]}),
    (str | int, {"anyOf": [STRING, INTEGER]}),
    (t.Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
    (t.Literal["a"], {"type": "string", "const": "a"}),
    (t.Literal[1, "a", None], {"enum": [1, "a", None]}),
    (datetime.date, {"type": "string", "format": "date"}),
    (datetime.datetime, {"type": "string", "format": "date-time"}),
    (datetime.time, {"type": "string", "format": "time"}),
    (datetime.timedelta, {"type": "string", "format": "duration"}),
    (uuid.UUID, {"type": "string", "format": "uuid"}),
    (ipaddress.IPv4Address, {"type": "string", "format": "ipv4"}),
    (pathlib.Path, {"type": "string", "format": "path"}),
    (re.Pattern[str], {"type": "string", "format": "regex"}),
    (AnyUrl, {"type": "string", "format": "uri", "minLength": 1}),
    (SecretStr, {"type": "string", "format": "password", "writeOnly": True}),
    (UserId, INTEGER),
    (Bounded, INTEGER),
    (Chosen, {"anyOf": [INTEGER, STRING]}),
    (Free, {}),
    (list[Free], {"type": "array", "items": {}}),
    (numbers.Number, NUMBER),
    (numbers.Integral, INTEGER),
    (t.SupportsInt, INTEGER),
    (t.LiteralString, STRING),
    (t.Annotated[int, Field(ge=1, le=9)], {"type": "integer", "minimum": 1, "maximum": 9}),
    (t.Annotated[int, Ge(0)], {"type": "integer", "minimum": 0}),
    (t.Annotated[list[int], Len(1, 3)], {"type": "array", "items": INTEGER, "minItems": 1, "maxItems": 3}),
    (t.Annotated[str, Field(pattern="^a")], {"type": "string", "pattern": "^a"}),
    (t.Annotated[int, AfterValidator(abs)], INTEGER),
    (t.Annotated[int, "only a text"], INTEGER),
    (list["int"], {"type": "array", "items": INTEGER}),
    (t.List["int"], {"type": "array", "items": INTEGER}),  # noqa: UP006
    (t.Optional["int"], {"anyOf": [INTEGER, NULL]}),
    (c.Callable[[int], str], {"x-python-type": "Callable"}),
    (type[int], {"x-python-type": "type[int]"}),
    (list[c.Callable[..., int]] | int, {"anyOf": [{"type": "array", "items": {"x-python-type": "Callable"}}, INTEGER]}),
    (t.IO[str], {"type": "string", "format": "binary"}),
    (str | t.IO[str], STRING),
    (range, {"x-python-type": "range"}),
    (Plain, {"x-python-type": f"{__name__}.Plain"}),
    (Plain | int, INTEGER),
    (te.Self, {"x-python-type": "Self"}),
]


@pytest.mark.parametrize(("hint", "schema"), SCHEMAS, ids=lambda x: repr(x)[:50] if not isinstance(x, dict) else "")
def test_schema(hint: t.Any, schema: t.Any) -> None:
    def f(x):  # type: ignore[no-untyped-def]
        return x

    f.__annotations__ = {"x": hint}
    assert one(f).parameters() == {"x": schema}


def test_decimal_is_a_number_or_its_text() -> None:
    def f(x: decimal.Decimal) -> decimal.Decimal: ...

    described = one(f)
    schema = described.parameters()["x"]
    assert [branch["type"] for branch in schema["anyOf"]] == ["number", "string"]
    assert described.endpoint.result.schema["type"] == "string"


def test_email_without_its_library_costs_only_itself() -> None:
    def f(x: EmailStr | int) -> None: ...

    schema = one(f).parameters()["x"]
    assert INTEGER in schema["anyOf"]


def test_unknown_names_cost_only_themselves() -> None:
    def f(
        a: Nowhere | int,
        b: list[np.ndarray],
        c: dict[str, Nowhere[int]] | None,
        d: t.Annotated[Nowhere, 1],
        e: Nowhere.inner(3),
        ok: int,
    ): ...

    described = one(f)
    assert described.parameters() == {
        "a": {"anyOf": [{"x-python-type": "Nowhere"}, INTEGER]},
        "b": {"type": "array", "items": {"x-python-type": "np.ndarray"}},
        "c": {"anyOf": [{"type": "object", "additionalProperties": {"x-python-type": "Nowhere[...]"}}, NULL]},
        "d": {"x-python-type": "Nowhere"},
        "e": {"x-python-type": "Nowhere.inner"},
        "ok": INTEGER,
    }
    assert described.rules.count("unresolved-hint") == 5
    assert "f: parameter b has the type np.ndarray, a name that can't be found" in described.messages


def test_text_that_is_no_hint() -> None:
    def f(a: "a number, please", b: "1 +", c: "int"): ...  # noqa: F722, UP037

    described = one(f)
    assert described.parameters() == {
        "a": {"x-python-type": "a number, please"},
        "b": {"x-python-type": "1 +"},
        "c": INTEGER,
    }


def test_values_that_are_no_hints() -> None:
    def f(a: 3, b: [int], c: print, d: datetime, e: {min: 1}): ...  # type: ignore[valid-type]

    f.__annotations__ = {"a": 3, "b": [int], "c": print, "d": datetime, "e": {"min": 1}}
    described = one(f)
    assert [set(schema) for schema in described.parameters().values()] == [{"x-python-type"}] * 5
    assert described.rules.count("undescribable-type") + described.rules.count("unresolved-hint") == 5


def test_names_for_type_checkers_only(tmp_path: Path) -> None:
    module_of(
        tmp_path,
        "shapes_for_checkers",
        """
        from __future__ import annotations
        from dataclasses import dataclass
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from decimal import Decimal as Number
        @dataclass
        class Point:
            x: int
            y: int
        """,
    )
    sys.path.insert(0, str(tmp_path))
    try:
        module = module_of(
            tmp_path,
            "checked",
            """
            from __future__ import annotations
            import typing
            from typing import TYPE_CHECKING, Union
            if TYPE_CHECKING:
                from datetime import date as Day
                import decimal, ipaddress as ip
                import no_such_package as nope
                from no_such_package import Thing
                from shapes_for_checkers import Point, Number
                from collections.abc import Sequence
                from _typeshed import StrPath
                Width = Union[int, "Thing"]
                Loop = "Loop | int"
                class Options(typing.TypedDict):
                    deep: bool
            else:
                Other = int

            def f(day: Day, ip4: ip.IPv4Address, d: decimal.Decimal | None, point: Point, many: Sequence[Point],
                  number: Number, thing: Thing | str, nope: nope.Thing, width: Width, options: Options, other: Other,
                  path: StrPath, loop: Loop): ...
            """,
        )
        described = one(module.f)
    finally:
        sys.path.remove(str(tmp_path))
    found = described.parameters()
    assert found["day"] == {"type": "string", "format": "date"}
    assert found["ip4"] == {"type": "string", "format": "ipv4"}
    assert [b["type"] for b in found["d"]["anyOf"]] == ["number", "string", "null"]
    assert found["point"] == {"$ref": "#/components/schemas/shapes_for_checkers.Point"}
    assert found["many"] == {"type": "array", "items": {"$ref": "#/components/schemas/shapes_for_checkers.Point"}}
    assert [b["type"] for b in found["number"]["anyOf"]] == ["number", "string"]
    assert found["thing"] == {"anyOf": [{"x-python-type": "Thing"}, STRING]}
    assert found["nope"] == {"x-python-type": "nope.Thing"}
    assert found["width"] == {"anyOf": [INTEGER, {"x-python-type": "Thing"}]}
    assert found["options"]["$ref"].endswith("Options")
    assert found["other"] == INTEGER
    assert found["path"] == {"anyOf": [STRING, {"type": "string", "format": "path"}]}
    assert {"type": "integer"} in found["loop"]["anyOf"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="PEP 695")
def test_type_parameters_and_aliases(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        "generic_functions",
        """
        type Ids = list[int]
        type Tree = dict[str, Tree] | int
        def f[T: int, *Ts, **P](a: T, b: list[T], ids: Ids, tree: Tree) -> T: ...
        class Box[T]:
            item: T
            def __init__(self, item: T) -> None: ...
        """,
    )
    described = one(module.f)
    found = described.parameters()
    assert found["a"] == INTEGER
    assert found["b"] == {"type": "array", "items": INTEGER}
    assert described.api.schemas[found["ids"]["$ref"].rpartition("/")[2]]["items"] == INTEGER
    assert "Tree" in found["tree"]["$ref"]
    assert described.endpoint.result.schema == INTEGER


def test_names_of_an_enclosing_function() -> None:
    class Local(t.TypedDict):
        x: int

    def f(a: Local, b: list[Local]) -> Local: ...

    described = one(f)
    assert described.parameters()["a"]["$ref"].endswith("Local")
    assert described.endpoint.result.schema["$ref"].endswith("Local")


def test_null_as_default_widens_the_hint() -> None:
    def f(x: int = None, y: int | str = None, z: t.Any = None): ...  # type: ignore[assignment]  # noqa: RUF013

    assert one(f).parameters() == {"x": {"anyOf": [INTEGER, NULL]}, "y": {"anyOf": [INTEGER, STRING, NULL]}, "z": {}}


def test_order_of_a_union_is_its_own() -> None:
    def f(a: int | str, b: str | int): ...

    assert one(f).parameters() == {"a": {"anyOf": [INTEGER, STRING]}, "b": {"anyOf": [STRING, INTEGER]}}


def test_enum_is_a_component() -> None:
    def f(x: Weekday, y: Weekday = Weekday.SUN): ...

    described = one(f)
    assert described.parameters()["x"] == {"$ref": "#/components/schemas/introspection.live.test_hints.Weekday"}
    assert described.parameter("y").default.value == "sun"
