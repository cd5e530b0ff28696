"""Signatures and hints that nobody thought of, and the public functions of the standard library."""

from __future__ import annotations

import datetime
import decimal
import enum
import importlib
import inspect
import re
import sys
import types
import typing as t
import uuid
import warnings
from dataclasses import dataclass

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field
from pydantic_core import to_jsonable_python

from apispec.introspection import describe
from apispec.introspection.adapters import adapter
from apispec.model import Api, dump_json
from apispec.schemas.questions import closure
from tests.introspection.live.support import one


class Colour(enum.Enum):
    RED = "red"
    BLUE = 2


class Model(BaseModel):
    a: int = 1
    b: list[Model] = []
    c: t.Annotated[str, Field(alias="see", max_length=3)] = "x"


@dataclass
class Data:
    a: int
    b: Colour | None = None


class Keys(t.TypedDict, total=False):
    a: t.Required[int]
    b: datetime.date


class Weird:
    pass


SCALARS: list[t.Any] = [
    *(int, float, str, bool, type(None), bytes, datetime.date, datetime.datetime, datetime.timedelta),
    *(decimal.Decimal, uuid.UUID, Colour, Model, Data, Keys, t.Any, t.Literal["a", 1, None]),
    *(t.Annotated[int, Field(ge=0, le=9)], t.Annotated[str, Field(min_length=1, max_length=4)]),
]
HINTS = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: st.one_of(
        inner.map(lambda h: list[h]),  # type: ignore[valid-type]
        inner.map(lambda h: t.Optional[h]),  # noqa: UP045
        inner.map(lambda h: dict[str, h]),  # type: ignore[valid-type]
        inner.map(lambda h: tuple[h, ...]),  # type: ignore[valid-type]
        st.tuples(inner, inner).map(lambda hs: t.Union[hs]),
        st.tuples(inner, inner).map(lambda hs: types.GenericAlias(tuple, hs)),
    ),
    max_leaves=4,
)
BAD = st.sampled_from(
    [t.Callable[[int], str], Weird, "Nowhere", "Nowhere | int", "list[np.x]", 3, [int], "1 +", type[int], "x y"]
)
NAMES = st.sampled_from(
    ["a", "b", "self", "model_config", "schema", "_x", "class_", "json", "größe", "return_", "args"]
)
VALUES = st.sampled_from(
    [None, 0, 1, -1, 2.5, True, "", "a", "red", [], [1], {}, {"a": 1}, float("inf"), float("nan"), Colour.RED, Weird(), ...,
     datetime.date(2026, 1, 2), decimal.Decimal("1.5"), Model(), b"x", object(), len, {3, 1}, "\ud800"]
)  # fmt: skip
KINDS = [
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
]


@st.composite
def signatures(draw: st.DrawFn) -> inspect.Signature:
    names = draw(st.lists(NAMES, max_size=6, unique=True))
    kinds = sorted(draw(st.lists(st.sampled_from(KINDS), min_size=len(names), max_size=len(names))))
    parameters: list[inspect.Parameter] = []
    defaulted = False
    for name, kind in zip(names, kinds, strict=True):
        variadic = kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        if variadic and any(p.kind is kind for p in parameters):
            continue
        default: t.Any = inspect.Parameter.empty
        positional = kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        if not variadic and ((positional and defaulted) or draw(st.booleans())):
            default = draw(VALUES)
            defaulted = defaulted or positional
        annotation = draw(st.one_of(st.just(inspect.Parameter.empty), HINTS, BAD))
        parameters.append(inspect.Parameter(name, kind, default=default, annotation=annotation))
    result = draw(st.one_of(st.just(inspect.Signature.empty), HINTS, BAD))
    return inspect.Signature(parameters, return_annotation=result)


def validator(schema: t.Any, api: Api) -> t.Any:
    root = {**schema, "components": {"schemas": closure(schema, api.schemas)}}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=False)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(signatures())
def test_every_signature_is_described(signature: inspect.Signature) -> None:
    def f(*args: t.Any, **kwargs: t.Any) -> t.Any: ...

    f.__signature__ = signature  # type: ignore[attr-defined]
    described = one(f)
    api = described.api
    left_out = [
        name for name in signature.parameters if any(f"parameter {name} is left out" in m for m in described.messages)
    ]
    assert all(signature.parameters[name].default is not inspect.Parameter.empty for name in left_out)
    shown = [name for name in signature.parameters if name not in left_out]
    assert [p.name for p in described.endpoint.parameters] == shown
    for parameter in described.endpoint.parameters:
        raw = signature.parameters[parameter.name]
        variadic = parameter.kind.startswith("var")
        assert parameter.required is (raw.default is inspect.Parameter.empty and not variadic)
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **parameter.schema})
        if parameter.default is not None and parameter.default.is_json:
            assert validator(parameter.schema, api).is_valid(parameter.default.value)
    for schema in api.schemas.values():
        assert isinstance(schema, dict)
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    assert not re.search(rb" at 0x[0-9a-f]{6,}", dump_json(api))


FOR = {
    int: st.integers(0, 9),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(max_size=3),
    datetime.timedelta: st.timedeltas(min_value=datetime.timedelta(0)),
    decimal.Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=2),
    Model: st.builds(Model),
    Data: st.builds(Data, a=st.integers()),
    Keys: st.just({"a": 1, "b": datetime.date(2026, 1, 2)}),
    t.Any: st.sampled_from([None, 1, "x"]),
}


def values_of(hint: t.Any) -> st.SearchStrategy[t.Any]:
    if hint in FOR:
        return t.cast("st.SearchStrategy[t.Any]", FOR[hint])
    if t.get_origin(hint) is t.Annotated:
        return st.integers(0, 9) if hint.__origin__ is int else st.text("ab", min_size=1, max_size=4)
    if t.get_origin(hint) is t.Literal:
        return st.sampled_from(t.get_args(hint))
    origin, args = t.get_origin(hint), t.get_args(hint)
    if origin is list:
        return st.lists(values_of(args[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(st.text(max_size=2), values_of(args[1]), max_size=2)
    if origin is tuple and args[-1] is ...:
        return st.lists(values_of(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values_of, args))
    if args:
        return st.one_of(*map(values_of, args))
    return st.from_type(hint)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), HINTS)
def test_what_python_takes_and_gives_fits_the_schemas(data: st.DataObject, hint: t.Any) -> None:
    def f(x): ...  # type: ignore[no-untyped-def]

    f.__annotations__ = {"x": hint, "return": hint}
    described = one(f)
    value = data.draw(values_of(hint))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        json = adapter(hint).dump_python(value, mode="json", by_alias=True)
    assert described.endpoint.result is not None
    assert validator(described.endpoint.result.schema, described.api).is_valid(json)
    assert validator(described.parameters()["x"], described.api).is_valid(json)
    adapter(hint).validate_json(to_json(json))


def to_json(value: t.Any) -> bytes:
    from pydantic_core import to_json as dump

    return dump(to_jsonable_python(value))


MODULES = [
    *("argparse", "array", "ast", "asyncio", "base64", "bisect", "builtins", "calendar", "collections", "copy", "csv"),
    *(
        "ctypes",
        "datetime",
        "decimal",
        "difflib",
        "dis",
        "email.utils",
        "enum",
        "fnmatch",
        "functools",
        "gc",
        "gettext",
    ),
    *(
        "glob",
        "gzip",
        "hashlib",
        "heapq",
        "html",
        "imaplib",
        "inspect",
        "io",
        "ipaddress",
        "itertools",
        "json",
        "locale",
    ),
    *("logging", "math", "mimetypes", "operator", "os", "os.path", "pathlib", "pickle", "platform", "pprint", "random"),
    *("re", "secrets", "shlex", "shutil", "signal", "socket", "sqlite3", "ssl", "statistics", "string", "struct"),
    *("subprocess", "sys", "tempfile", "textwrap", "threading", "time", "token", "tokenize", "traceback", "types"),
    *(
        "typing",
        "unicodedata",
        "urllib.parse",
        "uuid",
        "warnings",
        "weakref",
        "xml.etree.ElementTree",
        "zipfile",
        "zlib",
    ),
]


def test_the_standard_library_never_raises() -> None:
    count = 0
    for name in MODULES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = describe(importlib.import_module(name))
        count += len(found.api.endpoints)
        text = dump_json(found)
        assert not re.search(rb" at 0x[0-9a-f]{6,}", text), name
        assert sys.prefix.encode() not in text, name
        for endpoint in found.api.endpoints:
            for parameter in endpoint.parameters:
                if parameter.default is not None and parameter.default.is_json:
                    assert validator(parameter.schema, found.api).is_valid(parameter.default.value), endpoint.name
    assert count > 700


@pytest.mark.slow
def test_every_module_of_the_standard_library() -> None:
    skipped = {"antigravity", "this", "idlelib", "turtledemo", "lib2to3", "tkinter", "turtle"}
    for name in sorted(sys.stdlib_module_names - skipped):
        if name.startswith("_"):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                module = importlib.import_module(name)
            except ImportError:
                continue
            describe(module)
