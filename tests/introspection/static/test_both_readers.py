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
