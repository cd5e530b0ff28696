"""What is read the same whether the target is imported or not: stars, named types, factories, fields after `KW_ONLY`."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from apispec.introspection import Options, introspect

FILES = {
    "__init__.py": """
        from .shapes import *
        from .maths import add as plus
        from ._private import *
        """,
    "shapes.py": """
        from dataclasses import KW_ONLY, InitVar, dataclass, field
        from typing import Annotated, NewType, TypeAlias
        from pydantic import BaseModel, Field, conlist
        from typing_extensions import TypeAliasType
        __all__ = ["area", "tree", "listed"]
        from .more import *
        __all__ += ["perimeter"]

        Size = NewType("Size", int)
        Tree = TypeAliasType("Tree", "dict[str, Tree] | list[Tree] | int")
        Name: TypeAlias = "Annotated[str, Field(min_length=1)]"

        @dataclass
        class Circle:
            radius: float
            scale: InitVar[int] = 1
            _: KW_ONLY
            tags: list[str] = field(default_factory=lambda: ["new"])
            note: str = "none"

        class Box(BaseModel):
            tags: list[str] = Field(default_factory=lambda: ["new"])

        def area(circle: Circle, size: Size = Size(3)) -> Circle: ...
        def tree(tree: Tree, name: Name = "a") -> Tree: ...
        def listed(items: conlist(int, max_length=3), box: Box, tags: Annotated[list[str], Field(default_factory=lambda: ["a"])]): ...
        def hidden(): ...
        def decorator(function): ...
        """,
    "more.py": "def perimeter(a: float, b: float = 1) -> float: ...\ndef further(): ...\n",
    "maths.py": "def add(a: int, b: int) -> list[int]: ...\ndef list(): ...\n",
    "_private.py": """
        def exported(x: list[int]) -> str: ...
        def list() -> int: ...
        def deco(level):
            def inner(function):
                return function
            return inner
        def _not(): ...
        """,
}


def test_both_readers_say_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "starred_package"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    live, static = (told(introspect(str(folder), Options(static=static)).api) for static in (False, True))
    assert static == live
    names = [endpoint["name"] for endpoint in live["endpoints"]]
    assert names == ["area", "tree", "listed", "perimeter", "plus", "exported", "list", "deco"]
    assert set(live["schemas"]) == {"shapes.Box", "shapes.Circle", "shapes.Circle-Input", "shapes.Tree"}
    assert [e["name"] for e in live["endpoints"] if not e["callable"]] == ["deco"]


def told(api: Any) -> dict[str, Any]:
    return {
        "schemas": dict(api.schemas),
        "endpoints": [
            {
                "name": e.name,
                "callable": e.callable,
                "parameters": [(p.name, p.schema, p.required, p.default) for p in e.parameters],
                "result": e.result and e.result.schema,
                "place": (e.location.file, e.location.line),
            }
            for e in api.endpoints
        ],
    }


CLASSES = '''
from typing import Annotated, Literal
import attr, attrs, msgspec
from attrs import Factory, define, field, frozen, validators

@define
class Person:
    """Somebody."""
    name: str = field(validator=validators.min_len(1))
    age: int = field(default=30, validator=[validators.ge(0), validators.le(150)])
    _hidden: str = field(default="h", converter=lambda v: v)
    langs: list[str] = Factory(list)
    other: "Person | None" = None

@attr.s
class Old:
    a = attr.ib(type=int)
    b = attr.ib(default=3)

class Base(msgspec.Struct, rename="camel", kw_only=True, forbid_unknown_fields=True):
    created_at: str | None = None

class User(Base):
    user_name: Annotated[str, msgspec.Meta(min_length=2, description="Its name")]
    role: Literal["admin", "user"] = "user"
    tags: set[str] = msgspec.field(default_factory=set)
    internal: int = msgspec.field(default=0, name="iid")

class Cat(msgspec.Struct, tag="cat", tag_field="kind"):
    lives: int = 9

class Dog(msgspec.Struct, tag=True):
    good: bool = True

def people(person: Person, old: Old) -> Person: ...
def users(user: User, pet: Cat | Dog) -> list[Cat]: ...
'''


def test_classes_of_attrs_and_msgspec_are_read_without_importing_either(tmp_path: Path) -> None:
    (tmp_path / "other_classes.py").write_text(CLASSES, encoding="utf-8")
    target = str(tmp_path / "other_classes.py")
    live, static = (told(introspect(target, Options(static=static)).api) for static in (False, True))
    assert static == live and set(live["schemas"]) == {"Person", "Old", "User", "Cat", "Dog"}


def test_models_of_sqlmodel_are_read_without_it(tmp_path: Path) -> None:
    text = """
    from sqlmodel import Field, Relationship, SQLModel

    class Team(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(index=True, max_length=20, description="Its name")
        heroes: list["Hero"] = Relationship(back_populates="team")

    class Hero(SQLModel, table=True):
        name: str
        team: Team | None = Relationship(back_populates="heroes")

    def add(team: Team) -> Hero: ...
    """
    (tmp_path / "tables.py").write_text(dedent(text), encoding="utf-8")
    found = introspect(str(tmp_path / "tables.py"), Options(static=True)).api.schemas
    assert found["Team"]["properties"] == {  # type: ignore[index]
        "id": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None},
        "name": {"type": "string", "maxLength": 20, "description": "Its name"},
    }
    assert list(found["Hero"]["properties"]) == ["name"]  # type: ignore[index]


MADE = '''
import collections, dataclasses
from collections import namedtuple
from dataclasses import make_dataclass
from typing import NamedTuple, Optional, TypedDict
import pydantic
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel, to_pascal

Pair = namedtuple("Pair", ["left", "right"])
Triple = collections.namedtuple("Triple", "a, b c", defaults=(1, "x"))
Typed = NamedTuple("Typed", [("a", int), ("b", Optional[str])])
Options = TypedDict("Options", {"a-b": int, "c": str}, total=False)
Made = make_dataclass("Made", [("x", int), ("y", str, "z"), ("t", list[int], dataclasses.field(default_factory=list))])

class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)
    first_name: str

class Pascal(BaseModel):
    class Config:
        alias_generator = to_pascal
    first_name: str

class Both(BaseModel, alias_generator=pydantic.AliasGenerator(validation_alias=to_camel, serialization_alias=to_pascal)):
    first_name: str

Sub = create_model("Sub", __base__=Camel, second_name=(str, "n"), note=(Optional[str], Field(None, max_length=3)))
Closed = create_model("Closed", __config__=ConfigDict(extra="forbid"), a=(int, 3))

double = lambda x=1, *, y=2: x * y

class Scale:
    """Scales."""
    def __init__(self, factor=2.0): ...
    def __call__(self, x: float, times: int = 1) -> float: ...

class Other(Scale):
    async def __call__(self, x: int) -> int:
        """Scale otherwise."""

class NoFunction:
    def run(self): ...

scale = Scale(3.0)
other: Scale = Other()
no_function = NoFunction()
_private = Scale()

def tuples(a: Pair, b: Triple, c: Typed, d: Options, e: Made) -> Pair: ...
def models(a: Camel, b: Pascal, c: Both, d: Sub, e: Closed) -> Sub: ...
'''


def test_classes_and_functions_that_no_statement_defines_are_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "made_by_calls.py").write_text(MADE, encoding="utf-8")
    target = str(tmp_path / "made_by_calls.py")
    live, static = (told(introspect(target, Options(static=static)).api) for static in (False, True))
    assert static == live
    assert [e["name"] for e in live["endpoints"]] == ["double", "scale", "other", "tuples", "models"]
    assert set(live["schemas"]) >= {"Pair", "Triple", "Typed", "Options", "Made", "Sub", "Closed", "Both-Input"}
    assert list(static["schemas"]["Sub"]["properties"]) == ["firstName", "secondName", "note"]


def test_what_only_running_names_is_said(tmp_path: Path) -> None:
    (tmp_path / "own_naming.py").write_text(
        dedent("""
        from pydantic import BaseModel, ConfigDict
        class A(BaseModel):
            model_config = ConfigDict(alias_generator=lambda name: "x-" + name)
            a: int
        class B(BaseModel):
            class Config:
                alias_generator = str.upper
            b: int
        def f(a: A, b: B): ...
        """),
        encoding="utf-8",
    )
    found = introspect(str(tmp_path / "own_naming.py"), Options(static=True)).findings
    said = [(f.rule, f.location.line) for f in found if f.rule == "static-unreadable"]
    assert said == [("static-unreadable", 4), ("static-unreadable", 8)]


TYPER = """
import typer
from enum import Enum
from typing import Annotated, Optional

app = typer.Typer()

class Net(str, Enum):
    simple = "simple"

@app.command()
def hello(
    name: str = typer.Argument(..., help="Who"),
    count: int = typer.Option(1, "--count", help="How often", min=1, max=5, callback=lambda v: v),
    net: Net = typer.Option(Net.simple, case_sensitive=False),
): ...

@app.command("bye-now")
def bye(name: Annotated[str, typer.Argument(help="Who")], size: Annotated[int, typer.Option(max=3)] = 2): ...
"""


def test_options_of_typer_are_read_without_it(tmp_path: Path) -> None:
    (tmp_path / "typer_static.py").write_text(TYPER, encoding="utf-8")
    hello, bye = introspect(str(tmp_path / "typer_static.py"), Options(static=True)).api.endpoints
    assert [(p.name, p.required, p.description) for p in hello.parameters] == [
        ("name", True, "Who"),
        ("count", False, "How often"),
        ("net", False, ""),
    ]
    assert hello.parameters[1].schema == {"type": "integer", "minimum": 1, "maximum": 5}
    assert [p.default and p.default.value for p in hello.parameters] == [None, 1, "simple"]
    assert [(p.description, p.schema.get("maximum")) for p in bye.parameters] == [("Who", None), ("", 3)]
