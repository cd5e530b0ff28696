"""What expressions mean without running them."""

from __future__ import annotations

import ast
import datetime
import decimal
import enum
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apispec.introspection.placeholders import is_placeholder
from apispec.introspection.static.modules import Sources
from apispec.introspection.static.names import Names
from apispec.introspection.static.values import Evaluator, Opaque
from apispec.introspection.target import resolve

MODULE = '''
import datetime, decimal, enum, math, os, re, sys, string, typing, uuid, collections.abc, annotated_types as at
from dataclasses import dataclass, field
from ipaddress import *
from pathlib import Path, PurePosixPath
from typing import *
import pydantic, numpy, nothing.at_all as nn
str = str
SAME = SAME
NAMES = ["a", "b"]
class Colour(enum.Enum):
    RED = 1
    Blue = "b"
class Auto(enum.IntFlag):
    A = enum.auto()
    B = enum.auto()
class Strange(enum.Enum):
    ONE = os.getpid()
@dataclass
class Plain:
    x: int
    y: str = "q"
    z: list = field(default_factory=list)
@dataclass
class Own:
    x: int
    def __post_init__(self): os._exit(7)
class Outer:
    class Middle:
        class Inner(pydantic.BaseModel):
            x: int
Alias = dict[str, "Plain"]
Pair = NamedTuple("Pair", [("one", int), ("two", "str")])
Options = TypedDict("Options", {"a": int, "b": "list[str]"}, total=False)
Shade = enum.Enum("Shade", "DARK LIGHT")
'''  # fmt: skip


@pytest.fixture(scope="module")
def evaluator(tmp_path_factory: pytest.TempPathFactory) -> Evaluator:
    file = tmp_path_factory.mktemp("values") / "values_module.py"
    file.write_text(MODULE, encoding="utf-8")
    sources = Sources(resolve(str(file)))
    return Names(sources, lambda *_: None).evaluator(sources.target)


def parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    "text",
    [
        "1", "-1.5", "+2", "~3", "not 0", "'text'", "b'x'", "None", "...", "True", "[1, 'a', None]", "(1, (2,))", "{1, 2}", "{'a': [1]}",
        "60 * 60 * 24", "1 + 2 - 3", "7 // 2", "7 % 4", "7 / 2", "2 ** 10", "1 << 4", "'a' + 'b'", "[1] + [2]", "1 | 2", "{'a': 1} | {'b': 2}",
        "1 + 2j", "int('3')", "float('inf') > 0 and 1 or 1", "frozenset({1})", "dict(a=1)", "range(3)", "bytes(2)", "str(5)",
    ],
)  # fmt: skip
def test_plain_values(evaluator: Evaluator, text: str) -> None:
    found = evaluator.value_or_text(parsed(text))
    if "and" in text:
        assert isinstance(found, Opaque)
    else:
        assert found == eval(text)
        assert type(found) is type(eval(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("datetime.date(2020, 1, 2)", datetime.date(2020, 1, 2)),
        ("datetime.timedelta(days=1)", datetime.timedelta(days=1)),
        ("datetime.timezone.utc", datetime.UTC),
        ("decimal.Decimal('1.50')", decimal.Decimal("1.50")),
        ("math.pi", 3.141592653589793),
        ("string.digits", "0123456789"),
        ("NAMES", ["a", "b"]),
        ("PurePosixPath('/x')", Path("/x")),
        ("re.I", __import__("re").I),
        ("Colour.RED.value", 1),
        ("Colour.RED.name", "RED"),
    ],
)
def test_values_of_libraries_and_names(evaluator: Evaluator, text: str, value: Any) -> None:
    assert evaluator.value_or_text(parsed(text)) == value


def test_rebuilt_classes(evaluator: Evaluator) -> None:
    red = evaluator.value(parsed("Colour.RED"))
    assert isinstance(red, enum.Enum)
    assert repr(red) == "<Colour.RED: 1>"
    assert [member.value for member in evaluator.value(parsed("Auto"))] == [1, 2]
    assert repr(evaluator.value(parsed("Plain(3)"))) == "Plain(x=3, y='q', z=[])"
    inner = evaluator.value(parsed("Outer.Middle.Inner"))
    assert list(inner.model_fields) == ["x"]
    assert inner.__qualname__ == "Outer.Middle.Inner"


def test_classes_made_by_calls(evaluator: Evaluator) -> None:
    pair, options, shade = (evaluator.hint(parsed(name)) for name in ("Pair", "Options", "Shade"))
    assert (pair.__annotations__, pair.__module__) == ({"one": int, "two": str}, "values_module")
    assert options.__annotations__ == {"a": int, "b": list[str]}
    assert options.__total__ is False
    assert [member.name for member in shade] == ["DARK", "LIGHT"]
    assert evaluator.value(parsed("Shade.DARK")).value == 1
    assert evaluator.value(parsed("Pair(1, 'x')")) == (1, "x")


@pytest.mark.parametrize(
    "text",
    [
        "os.getpid()", "os.environ", "os.environ['HOME']", "sys.argv", "sys.path", "sys.executable", "open('x')", "eval('1')", "__import__('os')",
        "(lambda: 1)()", "[x for x in NAMES]", "f'{1}'", "NAMES[0]", "NAMES.append(1)", "nn.x", "numpy.pi", "unknown", "Own(1)", "Plain()",
        "Plain(1).x", "datetime.datetime.now()", "10 ** 1000", "2 ** 0.5 ** -9999", "10 ** 10 ** 10", "'x' * 10 ** 9", "[0] * 5", "1 << 1000000",
        "'%s' % 3", "int('x')", "1 / 0", "{**{}}", "dict(**{})", "print(*NAMES)", "pydantic.create_model(*NAMES)", "pydantic.create_model('X', __base__=Own)", "collections.namedtuple('X', NAMES.a)", "typing.get_type_hints(Plain)",
        "str.format", "Plain.__init__.__globals__", "Colour.__members__", "().__class__.__bases__[0].__subclasses__()", "Strange.ONE", "SAME",
        "exec", "getattr(os, 'system')('x')", "type('X', (), {})", "object.__subclasses__()", "uuid.uuid4()", "Path.home()", "Path.cwd()",
        "Colour.Nothing", "string.nothing", "-'x'", "x if y else z", "await_", "1 < 2", "'a' 'b' % ()", "-" * 150 + "1",
    ],
)  # fmt: skip
def test_what_only_running_would_tell_stays_text(evaluator: Evaluator, text: str) -> None:
    node = parsed(text)
    found = evaluator.value_or_text(node)
    if text in ("exec", "str.format"):
        return  # a function may be named, it is never called
    if text == "Colour.__members__":
        assert isinstance(found, Opaque)
        return
    assert isinstance(found, Opaque), found
    assert repr(found) in (ast.unparse(node), "...")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("int", int),
        ("str", str),
        ("'int'", int),
        ("None", None),
        ("int | None", int | None),
        ("'int' | None", int | None),
        ("Optional[Union[int, 'str']]", int | str | None),
        ("list['int']", list[int]),
        ("typing.Dict[str, List[int]]", dict[str, typing.List[int]]),  # noqa: UP006
        ("Literal['a', 1, None, Colour.RED]", None),
        ("Callable[[int, str], bool]", typing.Callable[[int, str], bool]),
        ("Callable[..., int]", typing.Callable[..., int]),
        ("tuple[int, ...]", tuple[int, ...]),
        ("Annotated[int, at.Ge(1), unknown(3)]", None),
        ("Annotated[int, unknown(3)]", int),
        ("collections.abc.Sequence[int]", __import__("collections.abc").abc.Sequence[int]),
        ("IPv4Address", __import__("ipaddress").IPv4Address),
        ("ClassVar[int]", typing.ClassVar[int]),
    ],
)
def test_hints(evaluator: Evaluator, text: str, hint: Any) -> None:
    found = evaluator.hint(parsed(text))
    if hint is None and text.startswith("Literal"):
        assert list(typing.get_args(found))[:3] == ["a", 1, None]
    elif hint is None and text.startswith("Annotated"):
        assert typing.get_args(found)[0] is int and len(typing.get_args(found)) == 2
    elif text.startswith("typing.Dict"):
        assert typing.get_args(found)[1] == typing.List[int]  # noqa: UP006
    else:
        assert found == hint


@pytest.mark.parametrize(
    "text",
    [
        "unknown", "nn.Thing", "numpy.ndarray", "3", "'not python'", "f()", "os", "os.environ", "NAMES", "Colour.RED", "lambda: 1", "x if y else z",
        "Literal[unknown]", "Literal[f()]", "int[str]", "unknown[int]", "open('x')", "[int][0]", "'('", "Strange",
    ],
)  # fmt: skip
def test_unknown_hints_are_placeholders(evaluator: Evaluator, text: str) -> None:
    assert is_placeholder(evaluator.hint(parsed(text)))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("unknown | int | None", int),
        ("list[unknown] | str", str),
        ("Optional[Union[unknown, int]]", int),
        ("dict[str, unknown]", str),
    ],
)
def test_the_good_parts_are_kept(evaluator: Evaluator, text: str, kept: type) -> None:
    assert kept in typing.get_args(evaluator.hint(parsed(text)))


def test_deep_hints_and_values_end(evaluator: Evaluator) -> None:
    deep = parsed("list[" * 90 + "int" + "]" * 90)
    for _ in range(60):
        deep = ast.Subscript(ast.Name("list", ast.Load()), deep, ast.Load())
    evaluator.hint(deep)
    assert isinstance(evaluator.value_or_text(parsed("[" * 90 + "]" * 90)), (list, Opaque))


def test_type_variables_come_first(evaluator: Evaluator) -> None:
    variable = typing.TypeVar("variable")
    within = evaluator.within({"int": variable})
    assert within.hint(parsed("int")) is variable
    assert evaluator.hint(parsed("int")) is int


Value = Callable[..., Any]
