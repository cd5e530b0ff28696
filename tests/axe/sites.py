"""The sites: the quickstart, a FastAPI app, every security scheme, every composition, and two large public documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from apispec.cli import run
from tests import samples

ROOT = Path(__file__).parents[2]
COLOURS = (
    (),
    ("--primary", "#c2185b"),
    ("--primary", "yellow", "--accent", "yellow"),
    ("--primary", "black", "--accent", "black"),
)
"""One's own colours, as options."""


def compositions() -> dict[str, Any]:
    """A document with everything that joins schemas, in a body, an answer and components."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 1}
    cat = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cat"}, "lives": number}}
    dog = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "dog"}, "tail": text}}
    schemas: dict[str, Any] = {
        "Cat": cat,
        "Dog": dog,
        "Pet": {
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
        },
        "Any": {"anyOf": [text, number, {"type": "null"}, {"type": "array", "items": text}]},
        "All": {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"properties": {"owner": text}}], "required": ["owner"]},
        "Not": {"type": "string", "not": {"enum": ["x", "y"]}},
        "If": {"type": "object", "properties": {"a": text, "b": text}, "if": {"properties": {"a": {"const": "1"}}}, "then": {"required": ["b"]}, "else": {"maxProperties": 1}},
        "Dependent": {"type": "object", "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"b": {"properties": {"c": number}}}},
        "Tuple": {"type": "array", "prefixItems": [text, number], "items": False, "contains": text, "uniqueItems": True},
        "Map": {"type": "object", "patternProperties": {"^x-": text}, "additionalProperties": number, "propertyNames": {"maxLength": 9}},
        "Tree": {"type": "object", "description": "Holds itself.", "properties": {"inner": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
        "Choice": {"type": "string", "enum": [f"value-{n}" for n in range(40)], "deprecated": True, "default": "value-1"},
    }  # fmt: skip
    everything = {
        "type": "object",
        "properties": {name.lower(): {"$ref": f"#/components/schemas/{name}"} for name in schemas},
    }
    content = {
        "application/json": {
            "schema": everything,
            "examples": {"one": {"value": {"not": "a"}}, "two": {"value": {"not": "b"}}},
        }
    }
    other = {"application/xml": {"schema": {"$ref": "#/components/schemas/Cat"}}}
    operation = {
        "operationId": "mix",
        "tags": ["mixed"],
        "requestBody": {"content": {**content, **other}},
        "responses": {"200": {"description": "ok", "content": {**content, **other}}, "4XX": {"description": "no"}},
        "callbacks": {
            "done": {
                "{$request.query.url}": {
                    "post": {"requestBody": {"content": content}, "responses": {"204": {"description": "ok"}}}
                }
            }
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mixed", "version": "1", "description": "# One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"},
        "paths": {"/mix/{id}": {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {"$ref": "#/components/schemas/Choice"}}], "post": operation}},
        "webhooks": {"mixed": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": "ok"}}}}},
        "components": {"schemas": schemas},
    }  # fmt: skip


def locked() -> dict[str, Any]:
    """A document with every security scheme; what an identity server would say is never asked."""
    from tests.pages.test_try_login import document

    return document("http://127.0.0.1:9")


def sites(out: Path, wanted: Sequence[str] = ()) -> Iterator[tuple[str, Path]]:
    """Each site, as it is built by the command; its name and folder.

    Raises:
        samples.Unavailable: A public document is not to be had.
    """
    out.mkdir(parents=True, exist_ok=True)
    for name, made in (("security", locked), ("compositions", compositions)):
        (out / f"{name}.json").write_text(json.dumps(made()), encoding="utf-8")
    targets: dict[str, Callable[[], Path]] = {
        "quickstart": lambda: ROOT / "examples" / "quickstart" / "app.py",
        "fastapi": lambda: ROOT / "examples" / "fastapi_app" / "app.py",
        "security": lambda: out / "security.json",
        "compositions": lambda: out / "compositions.json",
        "asana": lambda: samples.package(samples.DIRECTORY) / "api" / "asana.com.json",
        "github": samples.github,
    }
    for name, target in targets.items():
        if wanted and name not in wanted:
            continue
        for number, colours in enumerate(COLOURS if name in ("quickstart", "compositions") else COLOURS[:1]):
            label = f"{name}-{number}" if number else name
            folder = out / label
            code = run(
                ["build", str(target()), "--out", str(folder), "--no-config", "-q", "--fail-on", "never", *colours]
            )
            assert code == 0, label
            yield label, folder
