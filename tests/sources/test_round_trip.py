"""Functions → document → model is the identity in what both carry."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.documents import from_data
from apispec.findings import Location
from apispec.model import (
    Api,
    Default,
    Endpoint,
    Example,
    HttpCall,
    MediaType,
    Parameter,
    Response,
    Result,
    Server,
    Tag,
)
from apispec.rendering.openapi import document
from apispec.sources.openapi import read
from apispec.sources.openapi_refs import Resolver

sys.path.insert(0, str(Path(__file__).parents[1] / "rendering"))
from schema_strategies import LINKED_SCHEMAS

OURS = {"Problem", "InvalidArguments"}
FILE = {"type": "string", "format": "binary"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)

_TWO = {"components": {"schemas": {"X": {}, "Y": {}}}}


def canonical(schema: Any) -> Any:
    """A schema in the form that reading gives: without keywords that say nothing."""
    resolver = Resolver(from_data(_TWO), False, lambda finding: None)
    resolver.components()
    return resolver.schema(schema)


SCHEMAS = LINKED_SCHEMAS.map(canonical)
OBJECTS = SCHEMAS.map(lambda schema: schema if isinstance(schema, dict) else {} if schema else {"not": {}})
"""Schemas that descriptions and defaults can be added to."""
DEFAULTS = st.sampled_from(
    [
        ({"type": "integer"}, Default(value=0)),
        ({"type": "string"}, Default(value="")),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, Default()),
        ({"type": "array", "items": {"type": "boolean"}}, Default(value=[False])),
        ({"type": "number"}, Default(text="inf")),
    ]
)


@st.composite
def parameters(draw: Any, location: str) -> Parameter:
    schema, default = draw(DEFAULTS | OBJECTS.map(lambda s: (s, None)))
    values = draw(st.lists(st.integers(), max_size=2))
    named = location != "body"
    return Parameter(
        name=draw(NAMES),
        location=location,  # type: ignore[arg-type]
        schema=schema,
        required=default is None and (location == "path" or draw(st.booleans())),
        default=default,
        description=draw(st.just("") | TEXT),
        deprecated=draw(st.booleans()),
        examples=tuple(Example(value=v, name=f"e{i}" if named else "") for i, v in enumerate(values)),
        type_source=draw(st.sampled_from(["", "docstring"])),
    )


@st.composite
def form_parameters(draw: Any) -> Parameter:
    kind = draw(st.sampled_from(["file", "files", "json", "list", "text"]))
    shared: dict[str, Any] = {
        "name": draw(NAMES),
        "required": draw(st.booleans()),
        "description": draw(st.just("") | TEXT),
    }
    if kind in ("file", "files"):
        media_type = draw(st.sampled_from(["", "image/png"]))
        return Parameter(**shared, location="file", schema=FILE, multiple=kind == "files", media_type=media_type)
    if kind == "json":
        schema = draw(st.sampled_from([{"type": "array", "items": {"type": "integer"}}, {"type": "object"}]))
        return Parameter(**shared, location="form", schema=schema)
    if kind == "list":
        return Parameter(
            **shared, location="form", schema={"type": "array", "items": {"type": "string"}}, multiple=True
        )
    return Parameter(**shared, location="form", schema={"type": "string"})


@st.composite
def results(draw: Any) -> Result:
    description = draw(TEXT)
    kind = draw(st.sampled_from(["plain", "stream", "file", "nothing"]))
    if kind == "stream":
        return Result(schema=draw(SCHEMAS), description=description, streaming=True, media_type="text/event-stream")
    if kind == "file":
        return Result(schema=FILE, description=description, is_file=True, media_type="image/png")
    if kind == "nothing":
        return Result(description=description, media_type="", status="204")
    examples = tuple(Example(value=v, name=f"r{i}") for i, v in enumerate(draw(st.lists(st.integers(), max_size=2))))
    return Result(schema=draw(SCHEMAS), description=description, examples=examples)


def unique(found: list[Parameter]) -> tuple[Parameter, ...]:
    return tuple({p.name: p for p in found}.values())


@st.composite
def endpoints(draw: Any, name: str) -> Endpoint:
    kind = draw(st.sampled_from(["body", "query", "form"]))
    path, method, media_type = f"/{name}", "POST", "application/json"
    examples: tuple[Example, ...] = ()
    if kind == "body":
        found = unique(draw(st.lists(parameters("body"), max_size=4)))
        if found:
            values = draw(st.lists(st.integers(), max_size=2))
            examples = tuple(Example(value={found[0].name: v}, name=f"x{i}", summary="s") for i, v in enumerate(values))
    elif kind == "query":
        places = st.sampled_from(["query", "header", "cookie", "path"])
        found = unique(draw(st.lists(places.flatmap(parameters), max_size=3)))
        found = tuple(replace(p, default=None, required=True) if p.location == "path" else p for p in found)
        method = "GET"
        path += "".join(f"/{{{p.name}}}" for p in found if p.location == "path")
    else:
        found = unique(draw(st.lists(form_parameters(), min_size=1, max_size=4)))
        media_type = "multipart/form-data"
    problem = MediaType(type="application/problem+json", schema=draw(SCHEMAS))
    return Endpoint(
        name=name,
        summary=draw(st.just("") | TEXT),
        description=draw(st.just("") | TEXT),
        tags=tuple(draw(st.lists(st.sampled_from(["a", "b"]), unique=True))),
        deprecated=draw(st.booleans()),
        deprecation=draw(st.just("") | TEXT),
        parameters=found,
        result=draw(results()),
        responses=tuple(Response(status=s, description=draw(TEXT), content=(problem,)) for s in draw(st.lists(
            st.sampled_from(["404", "4XX", "503"]), unique=True))),
        security=draw(st.sampled_from([None, (), ({"key": []},), ({"key": []}, {})])),
        servers=draw(st.sampled_from([(), (Server(url="https://x.example", description="d"),)])),
        examples=examples,
        call=HttpCall(method=method, path=path, media_type=media_type),
        annotations=draw(st.sampled_from([{}, {"readOnlyHint": True}])),
        overloads=draw(st.sampled_from([(), ("(a)", "(b)")])),
        static=draw(st.booleans()),
        external_docs=draw(st.sampled_from([{}, {"url": "https://x.example"}])),
        extensions=draw(st.sampled_from([{}, {"x-y": [1]}])),
    )  # fmt: skip


@st.composite
def apis(draw: Any) -> Api:
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    return Api(
        title=draw(TEXT),
        version=draw(TEXT),
        description=draw(st.just("") | TEXT),
        tags=draw(st.sampled_from([(), (Tag(name="a", description="A"),)])),
        endpoints=tuple(draw(endpoints(name)) for name in names),
        schemas={"X": draw(SCHEMAS), "Y": draw(SCHEMAS)},
        security_schemes={"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        security=draw(st.sampled_from([(), ({"key": []},)])),
    )


def carried(api: Api) -> Api:
    """What a document carries of an Api of functions, and what it does not add."""
    return replace(
        api,
        source="",
        document=None,
        schemas={n: s for n, s in api.schemas.items() if n not in OURS},
        endpoints=tuple(
            replace(
                e,
                location=Location(),
                responses=tuple(r for r in e.responses if r.status not in ("422", "default")),
                # JSON bodies have an order of parameters of their own, after the others; media types of no body are lost
                call=replace(e.call, media_type="application/json") if not e.parameters else e.call,
            )
            for e in api.endpoints
        ),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(apis())
def test_functions_to_document_to_model(api: Api) -> None:
    for version in ("3.1", "3.2"):
        findings: list[Any] = []
        found = read(from_data(document(api, version=version, findings=findings)))  # type: ignore[arg-type]
        assert findings == []
        about_reading = {"invalid-document", "dangling-reference", "duplicate-operation-id", "unreadable-operation"}
        assert about_reading.isdisjoint(f.rule for f in found.findings), "random schemas may contradict themselves"
        assert carried(found.api) == carried(api)
