"""Parameters: names, kinds, required or not, exact defaults, whatever holds the function."""

from __future__ import annotations

import datetime
import decimal
import enum
import functools
import math
import typing as t
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
import typing_extensions as te
from pydantic import BaseModel, Field
from starlette.requests import Request

from apispec import Session
from apispec.introspection.signatures import read
from tests.introspection.live.support import one

INTEGER = {"type": "integer"}
STRING = {"type": "string"}


class Colour(enum.Enum):
    RED = "red"


class Model(BaseModel):
    a: int = 1
    b: str = Field("x", alias="bee")


@dataclass
class Data:
    a: int = 1


def shape(described: t.Any) -> list[tuple[str, str, bool]]:
    return [(p.name, p.kind, p.required) for p in described.endpoint.parameters]


def test_every_kind() -> None:
    def f(a: int, /, b: int, c: int = 1, *args: int, d: int, e: int = 2, **kwargs: str): ...

    described = one(f)
    assert shape(described) == [
        ("a", "positional", True),
        ("b", "standard", True),
        ("c", "standard", False),
        ("args", "var-positional", False),
        ("d", "keyword", True),
        ("e", "keyword", False),
        ("kwargs", "var-keyword", False),
    ]
    assert described.parameters()["args"] == {"type": "array", "items": INTEGER}
    assert described.parameters()["kwargs"] == {"type": "object", "additionalProperties": STRING}
    assert described.parameter("args").default is None
    assert "missing-hint" not in described.rules


def test_variadic_without_hints() -> None:
    def f(*args, **kwargs) -> int: ...  # type: ignore[no-untyped-def]

    described = one(f)
    assert described.parameters() == {
        "args": {"type": "array"},
        "kwargs": {"type": "object", "additionalProperties": True},
    }
    assert described.rules == ["missing-hint", "missing-hint"]


class Base(t.TypedDict):
    width: int


class Options(Base, total=False):
    height: te.Required[int]
    depth: float
    name: te.Annotated[str, Field(min_length=1, description="What it is called.")]


def test_unpacked_typed_dict_gives_named_parameters() -> None:
    def f(a: int, **options: te.Unpack[Options]): ...

    described = one(f)
    assert shape(described) == [
        ("a", "standard", True),
        ("width", "keyword", True),
        ("height", "keyword", True),
        ("depth", "keyword", False),
        ("name", "keyword", False),
    ]
    assert described.parameters()["name"] == {"type": "string", "minLength": 1}
    assert described.parameter("name").description == "What it is called."


def test_names_that_clash_with_libraries() -> None:
    def f(
        self: int,
        model_config: int,
        schema: str,
        _x: int,
        class_: str,
        json: int,
        args: int,
        cls: int,
        model_fields: int,
    ): ...

    assert [p.name for p in one(f).endpoint.parameters] == [
        "self",
        "model_config",
        "schema",
        "_x",
        "class_",
        "json",
        "args",
        "cls",
        "model_fields",
    ]


class Mine(Session):
    pass


class Holder:
    def __init__(self, start: int = 0) -> None:
        self.start = start

    def method(self, x: int) -> te.Self: ...

    @classmethod
    def of_class(cls, x: int) -> Holder: ...

    @staticmethod
    def of_nobody(x: int) -> int: ...

    def __call__(self, x: int, y: str = "a") -> str:
        """Called."""
        return y * x


@pytest.mark.parametrize("function", [Holder().method, Holder.of_class, Holder().of_class, Holder.of_nobody])
def test_methods(function: t.Any) -> None:
    assert shape(one(function)) == [("x", "standard", True)]


def test_objects_with_call() -> None:
    described = one(Holder())
    assert shape(described) == [("x", "standard", True), ("y", "standard", False)]
    assert described.endpoint.summary == "Called."
    assert described.endpoint.result.schema == STRING


def test_a_class_is_called_too() -> None:
    described = one(Data)
    assert shape(described) == [("a", "standard", False)]
    assert described.endpoint.result.schema["$ref"].endswith("Data")


def test_partials() -> None:
    def f(a: int, b: str, c: float = 1.5) -> int:
        """Do it."""

    described = one(functools.partial(f, 1, c=2.5))
    assert shape(described) == [("b", "standard", True), ("c", "keyword", False)]
    assert described.parameter("c").default.value == 2.5
    assert described.endpoint.summary == "Do it."
    assert shape(one(functools.partial(functools.partial(f, 1), "b"))) == [("c", "standard", False)]


def with_wraps(function: t.Any) -> t.Any:
    @functools.wraps(function)
    def wrapper(*args: t.Any, **kwargs: t.Any) -> t.Any:
        return function(*args, **kwargs)

    return wrapper


def without_wraps(function: t.Any) -> t.Any:
    def wrapper(*args: t.Any, **kwargs: t.Any) -> t.Any:
        return function(*args, **kwargs)

    return wrapper


def decorated(x: int, y: str = "a") -> str:
    """Decorated."""
    return y


def test_decorators() -> None:
    assert shape(one(with_wraps(decorated))) == [("x", "standard", True), ("y", "standard", False)]
    assert one(with_wraps(decorated)).endpoint.summary == "Decorated."
    assert shape(one(functools.lru_cache(decorated))) == [("x", "standard", True), ("y", "standard", False)]
    assert shape(one(functools.lru_cache(with_wraps(decorated)))) == [("x", "standard", True), ("y", "standard", False)]
    assert shape(one(without_wraps(decorated))) == [("args", "var-positional", False), ("kwargs", "var-keyword", False)]


def test_explicit_signature() -> None:
    import inspect

    def f(*args): ...  # type: ignore[no-untyped-def]

    f.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter("x", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=int)], return_annotation=str
    )
    assert one(f).parameters() == {"x": INTEGER}
    assert one(f).endpoint.result.schema == STRING


def test_broken_signatures_fall_back_to_the_code() -> None:
    def f(a: int, *, b: str = "x"): ...

    f.__signature__ = "(nonsense"  # type: ignore[attr-defined]
    assert one(f).parameters() == {"a": INTEGER, "b": STRING}


def test_param_spec() -> None:
    P = te.ParamSpec("P")

    def f(function: t.Callable[t.Concatenate[int, P], int], *args: P.args, **kwargs: P.kwargs) -> int: ...

    described = one(f)
    assert described.parameters() == {
        "function": {"x-python-type": "Callable"},
        "args": {"type": "array"},
        "kwargs": {"type": "object", "additionalProperties": True},
    }


def test_single_dispatch_takes_what_its_variants_take() -> None:
    @functools.singledispatch
    def f(x):  # type: ignore[no-untyped-def]
        """Do it."""

    @f.register
    def _(x: int) -> str: ...

    @f.register
    def _(x: list) -> str: ...  # type: ignore[type-arg]

    described = one(f)
    assert described.parameters() == {"x": {"anyOf": [INTEGER, {"type": "array", "items": {}}]}}
    assert described.endpoint.overloads == ("f(x: int) -> str", "f(x: list) -> str")


@t.overload
def overloaded(x: int, flag: t.Literal[True] = True) -> int: ...
@t.overload
def overloaded(x: str) -> str: ...
def overloaded(x, flag=True):  # type: ignore[no-untyped-def]
    """Either."""


@t.overload
def widened(x: int) -> int: ...
@t.overload
def widened(x: str) -> str: ...
def widened(x: int | str | None) -> int | str: ...  # type: ignore[misc, return-value]


def test_overloads_say_what_the_implementation_leaves_open() -> None:
    described = one(overloaded)
    assert described.endpoint.overloads == (
        "overloaded(x: int, flag: t.Literal[True] = True) -> int",
        "overloaded(x: str) -> str",
    )
    assert described.parameters()["x"] == {"anyOf": [INTEGER, STRING]}
    assert described.endpoint.result.schema == {"anyOf": [INTEGER, STRING]}


def test_the_implementation_is_the_widest_overload() -> None:
    assert one(widened).parameters() == {"x": {"anyOf": [INTEGER, STRING, {"type": "null"}]}}


def test_functions_of_c() -> None:
    assert shape(one(math.isclose)) == [
        ("a", "standard", True),
        ("b", "standard", True),
        ("rel_tol", "keyword", False),
        ("abs_tol", "keyword", False),
    ]
    assert one(math.isclose).parameter("rel_tol").default.value == 1e-09
    described = one(max)
    assert shape(described) == [("args", "var-positional", False), ("kwargs", "var-keyword", False)]
    assert "unknown-signature" in described.rules


def test_field_as_default() -> None:
    def f(
        a: int = Field(ge=1),  # type: ignore[assignment]
        b: int = Field(3, le=9, description="Bee."),
        c: list[int] = Field(default_factory=lambda: [1]),
        d=Field("x"),  # type: ignore[no-untyped-def]
    ): ...

    described = one(f)
    assert [(p.name, p.required, p.default and p.default.value) for p in described.endpoint.parameters] == [
        ("a", True, None),
        ("b", False, 3),
        ("c", False, [1]),
        ("d", False, "x"),
    ]
    assert described.parameters()["a"] == {"type": "integer", "minimum": 1}
    assert described.parameters()["b"] == {"type": "integer", "maximum": 9}
    assert described.parameter("b").description == "Bee."


def test_context_parameters_are_in_no_schema() -> None:
    def f(a: int, session: Session, request: Request, mine: Mine | None = None, r: t.Optional[Request] = None): ...  # noqa: UP045

    assert [p.name for p in one(f).endpoint.parameters] == ["a"]
    assert [p.context for p in read(f).parameters] == ["", "session", "request", "session", "request"]


DEFAULTS: list[tuple[t.Any, t.Any]] = [
    (0, 0),
    (False, False),
    ("", ""),
    (None, None),
    (1.5, 1.5),
    (-0.0, -0.0),
    (10**30, 10**30),
    ([], []),
    ((1, 2), [1, 2]),
    ({3, 1, 2}, [1, 2, 3]),
    ({"a": [1]}, {"a": [1]}),
    (Colour.RED, "red"),
    (datetime.date(2026, 1, 2), "2026-01-02"),
    (datetime.timedelta(minutes=1), "PT1M"),
    (decimal.Decimal("1.50"), "1.50"),
    (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    (Model(), {"a": 1, "bee": "x"}),
    (Data(), {"a": 1}),
    (b"ab~~?", "YWJ-fj8="),
    (Path("a/b"), "a/b"),
]


@pytest.mark.parametrize(("default", "json"), DEFAULTS, ids=repr)
def test_defaults_are_exact(default: t.Any, json: t.Any) -> None:
    def f(x: t.Any = default): ...

    parameter = one(f).parameter("x")
    assert parameter.default.is_json and not parameter.required
    assert repr(parameter.default.value) == repr(json)


class Silent:
    def __repr__(self) -> str:
        raise RuntimeError("no")


class Strange:
    def __repr__(self) -> str:
        return None  # type: ignore[return-value]


class Here:
    def __repr__(self) -> str:
        return f"Here({str(Path.home())!r})"


TEXTS: list[tuple[t.Any, str]] = [
    (math.inf, "inf"),
    (math.nan, "nan"),
    ([math.inf], "[inf]"),
    (object(), "<object>"),
    (len, "len"),
    (int, "int"),
    (decorated, "decorated"),
    (lambda: 1, "lambda"),
    (Silent(), "<Silent>"),
    (Strange(), "<Strange>"),
    (..., "..."),
    ("\ud800", "'\\ud800'"),
    (Holder(), "<Holder>"),
    (functools.partial(decorated, 1), "<partial>"),
]


@pytest.mark.parametrize(("default", "text"), TEXTS, ids=lambda x: type(x).__name__)
def test_defaults_that_json_cannot_hold_are_text(default: t.Any, text: str) -> None:
    def f(x=default): ...  # type: ignore[no-untyped-def]

    parameter = one(f).parameter("x")
    assert (parameter.default.text, parameter.required) == (text, False)


def test_a_default_of_another_type_is_reported_and_shown_as_text() -> None:
    def f(x: int = "a", y: list[int] = [1, "b"], z: Colour = "red"): ...  # type: ignore[assignment, list-item]

    described = one(f)
    assert [p.default.text for p in described.endpoint.parameters] == ["'a'", "[1, 'b']", None]
    assert described.rules.count("default-does-not-fit") == 2


def test_nothing_of_this_machine_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_API_TOKEN", "s3cr3t-value-1")
    monkeypatch.setenv("HOME", "/home/somebody")

    def f(
        a: str = "s3cr3t-value-1",
        b: Path = Path("/home/somebody/data"),
        c: t.Any = Here(),
        d: str = "/home/somebody/x",
        e: str = "/etc/hosts",
    ): ...

    described = one(f)
    from apispec.model import dump_json

    dumped = dump_json(described.api).decode()
    assert "s3cr3t" not in dumped and "somebody" not in dumped
    assert described.parameter("e").default.value == "/etc/hosts"
    assert not described.parameter("a").required


def test_hostile_attributes() -> None:
    def f(x: int) -> int: ...

    f.__doc__ = 3  # type: ignore[assignment]
    assert one(f).endpoint.summary == ""

    class Callable_:
        __slots__ = ()

        @property
        def __annotations__(self) -> t.Any:  # type: ignore[override]
            raise RuntimeError("no annotations")

        @property
        def __doc__(self) -> str:  # type: ignore[override]
            raise RuntimeError("no doc")

        def __call__(self, x: int) -> int: ...

    assert shape(one(Callable_())) == [("x", "standard", True)]


def test_types_from_elsewhere_are_marked() -> None:
    def f(a, b, c=1, d="x", e=None, g=1.5, h=(), i=None, j=True):  # type: ignore[no-untyped-def]
        """Do it.

        Args:
            a (int): First.
            b (some object): Second.
            i (list of str, optional): Ninth.
        """

    described = one(f)
    found = {p.name: (p.schema, p.type_source) for p in described.endpoint.parameters}
    assert found == {
        "a": (INTEGER, "docstring"),
        "b": ({}, ""),
        "c": (INTEGER, "default"),
        "d": (STRING, "default"),
        "e": ({}, ""),
        "g": ({"type": "number"}, "default"),
        "h": ({"type": "array", "items": {}}, "default"),
        "i": ({"anyOf": [{"type": "array", "items": STRING}, {"type": "null"}]}, "docstring"),
        "j": ({"type": "boolean"}, "default"),
    }
    assert described.rules.count("missing-hint") == 2


def test_keys_of_an_unpacked_typed_dict_have_the_texts_of_its_fields() -> None:
    class Keys(t.TypedDict):
        """Keys.

        Attributes:
            a: Of the class.
            b: Of the class too.
        """

        a: int
        b: int

    def f(**keys: t.Unpack[Keys]):
        """Do it.

        Args:
            b: Of the function.
        """

    assert [p.description for p in one(f).endpoint.parameters] == ["Of the class.", "Of the function."]


@t.overload
def switched(x: t.Literal[True]) -> t.Literal["on"]: ...
@t.overload
def switched(x: bool = ...) -> str: ...
@t.overload
def switched(x: t.Literal["auto"]) -> int: ...
def switched(x=False):  # type: ignore[no-untyped-def]
    """Say it."""


def test_a_literal_says_nothing_beside_its_type() -> None:
    described = one(switched)
    assert described.parameters()["x"] == {"anyOf": [{"type": "boolean"}, {"const": "auto", "type": "string"}]}
    result = described.endpoint.result
    assert result is not None and result.schema == {"anyOf": [{"type": "string"}, {"type": "integer"}]}
