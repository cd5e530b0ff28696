"""What the documents of one run use of each other, and operations that have no id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from apispec.documents import from_data
from apispec.sources import read_value
from apispec.validation import validate

OK = {"responses": {"200": {"description": "OK"}}}
HEAD = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}}


def unused(*names: str) -> list[str]:
    return [f"{f.location.file}{f.location.pointer}" for f in validate(names).findings if f.rule == "unused-component"]


def write(name: str, **parts: Any) -> None:
    Path(name).write_text(yaml.safe_dump({**HEAD, **parts}), encoding="utf-8")


def test_a_component_that_another_document_uses_is_used() -> None:
    schemas = {"Used": {"type": "object", "properties": {"a": {"type": "string"}}}, "Whole": {}, "Unused": {}}
    write("lib.yaml", paths={"/a": {"get": OK}}, components={"schemas": schemas})
    content = {"application/json": {"schema": {"anyOf": [
        {"$ref": "lib.yaml#/components/schemas/Used/properties/a"}, {"$ref": "lib.yaml#/components/schemas/Whole"}]}}}  # fmt: skip
    write("user.yaml", paths={"/b": {"get": {"responses": {"200": {"description": "OK", "content": content}}}}})
    everything = [f"lib.yaml/components/schemas/{name}" for name in schemas]
    assert sorted(unused("lib.yaml")) == sorted(everything)
    assert unused("lib.yaml", "./user.yaml") == everything[2:]
    assert unused("user.yaml", str(Path("lib.yaml").absolute())) == [f"{Path.cwd()}/lib.yaml/components/schemas/Unused"]
    write("lib.yaml", components={"schemas": schemas})
    assert unused("lib.yaml") == [], "a document without operations is for others"


def test_a_part_is_a_use() -> None:
    there = {"$ref": "#/components/schemas/S/properties/a"}
    content = {"application/json": {"schema": there}}
    paths = {"/b": {"get": {"responses": {"200": {"description": "OK", "content": content}}}}}
    write("one.yaml", paths=paths, components={"schemas": {"S": {"type": "object", "properties": {"a": {}}}}})
    assert unused("one.yaml") == []


def test_operations_without_an_id_are_no_duplicates() -> None:
    callbacks = {
        "done": {"{$request.body#/url}": {"post": OK, "put": OK}},
        "other": {"{$request.body#/url}": {"post": OK}},
    }
    paths = {"/a": {"get": OK, "post": {**OK, "operationId": "get_a", "callbacks": callbacks}}}
    found = read_value(from_data({**HEAD, "paths": paths, "webhooks": {"hook": {"post": OK, "put": OK}}}))
    assert [f for f in found.findings if f.rule == "duplicate-operation-id"] == []
    first, second = found.api.endpoints
    assert (first.name, second.name) == ("get_a_2", "get_a"), "what the author called it is kept"
    assert [e.name for e in second.callbacks["done"]] == ["done", "done_put"]
    assert [e.name for e in found.api.webhooks] == ["hook", "hook_put"]


def test_references_are_told_as_they_are_written() -> None:
    write("a.yaml", paths={"/a": {"parameters": [{"$ref": "parts/p.yaml#/a"}], "get": OK}})
    Path("parts").mkdir()
    Path("parts/p.yaml").write_text("a: {$ref: '#/b'}\nb: {$ref: '#/a'}\n", encoding="utf-8")
    told = [f.message for f in validate(["a.yaml"]).findings if f.rule == "circular-reference"]
    assert told == ["parts/p.yaml#/b leads back here.", "parts/p.yaml#/a leads back here."]
