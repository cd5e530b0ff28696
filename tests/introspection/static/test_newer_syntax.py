"""Syntax of Python 3.12 and later."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from apispec.introspection import Options, introspect

pytestmark = pytest.mark.skipif(sys.version_info < (3, 12), reason="its syntax is newer than this Python")

TEXT = '''
from dataclasses import dataclass
from pydantic import BaseModel

type Ids = list[int]
type Tree[T] = T | list[T]

class Page[T](BaseModel):
    items: list[T]

@dataclass
class Box[T: (int, str)]:
    inner: T

def first[T: int, *Ts, **P](ids: Ids, page: Page[str], box: Box[int], one: T, many: list[T]) -> Page[T]:
    """First."""
'''


@pytest.mark.parametrize("static", [True, False], ids=["static", "imported"])
def test_type_parameters_and_aliases(tmp_path: Path, static: bool) -> None:
    (tmp_path / "app.py").write_text(TEXT, encoding="utf-8")
    result = introspect("app.py", Options(static=static))
    (endpoint,) = result.api.endpoints
    assert endpoint.static is static
    schemas = {p.name: p.schema for p in endpoint.parameters}
    page, box = (api_schema(result.api.schemas, schemas[name]) for name in ("page", "box"))
    assert page["properties"]["items"]["items"] == {"type": "string"}
    assert box["properties"]["inner"]["type"] == "integer"
    assert schemas["one"] == {"type": "integer"}
    assert schemas["many"] == {"type": "array", "items": {"type": "integer"}}
    assert api_schema(result.api.schemas, schemas["ids"]) == {"type": "array", "items": {"type": "integer"}}


def api_schema(schemas: dict, schema: dict) -> dict:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return {key: value for key, value in schema.items() if key not in ("title", "description")}
