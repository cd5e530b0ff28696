"""Documents of many files as one: nothing is lost, nothing leads out, and other tools can use the names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from apispec.cli import run
from apispec.documents import bundled, from_data, is_bundled, load
from apispec.sources import read_document
from apispec.validation import errors

HEAD = {"openapi": "3.1.0", "info": {"title": "Zoo", "version": "1"}}
OK = {"200": {"description": "OK"}}


def write(files: dict[str, Any], root: dict[str, Any] | None = None) -> None:
    for name, value in {"openapi.yaml": {**HEAD, "paths": {}, **(root or {})}, **files}.items():
        if name == "openapi.yaml" and "swagger" in value:
            del value["openapi"]
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False), encoding="utf-8")


def bundle(files: dict[str, Any], root: dict[str, Any] | None = None) -> dict[str, Any]:
    """The project as one document; what every bundle must be is asserted."""
    write(files, root)
    document = load("openapi.yaml")
    assert document.findings == ()
    whole, dangling = bundled(document)
    assert dangling == []
    data: dict[str, Any] = whole.data
    json.dumps(data)
    assert is_bundled(data)
    assert errors(from_data(data)) == []
    again = bundled(from_data(data)).document
    assert again.data == data, "a bundle of a bundle is the same"
    return data


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def schema_of(data: dict[str, Any], path: str = "/a") -> Any:
    return data["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def returning(schema: Any, **more: Any) -> dict[str, Any]:
    answer = {"description": "OK", "content": {"application/json": {"schema": schema, **more}}}
    return {"get": {"responses": {"200": answer}}}


def test_schemas_become_components_called_by_their_key_or_file() -> None:
    data = bundle(
        {
            "schemas/pet.yaml": {
                "type": "object",
                "properties": {
                    "owner": {"$ref": "people.yaml#/Owner"},
                    "mother": {"$ref": "#"},
                    "kind": {"$ref": "#/$defs/Kind"},
                    "tag": {"$ref": "people.yaml#/a~1b%20c"},
                },
                "$defs": {"Kind": {"type": "string"}},
                "$id": "https://example.com/pet",
            },
            "schemas/people.yaml": {"Owner": {"type": "object", "description": "1"}, "a/b c": {"type": "integer"}},
            "schemas/index.yaml": {"Animal": {"$ref": "pet.yaml"}},
        },
        {
            "paths": {
                "/a": returning({"$ref": "schemas/pet.yaml"}),
                "/b": returning({"$ref": "schemas/index.yaml#/Animal"}),
            }
        },
    )
    assert schema_of(data) == schema_of(data, "/b") == {"$ref": "#/components/schemas/pet"}
    schemas = data["components"]["schemas"]
    assert list(schemas) == ["Kind", "Owner", "a_b_c", "pet"]
    assert schemas["pet"] == {
        "type": "object",
        "properties": {
            "owner": {"$ref": "#/components/schemas/Owner"},
            "mother": {"$ref": "#/components/schemas/pet"},
            "kind": {"$ref": "#/components/schemas/Kind"},
            "tag": {"$ref": "#/components/schemas/a_b_c"},
        },
    }


def test_a_component_that_was_but_a_reference_gives_its_name() -> None:
    data = bundle(
        {
            "pet.yaml": {
                "type": "object",
                "properties": {"mother": {"$ref": "pet.yaml"}, "id": {"enum": [1]}, "n": {"type": "integer"}},
            }
        },
        {
            "paths": {
                "/a": returning({"$ref": "pet.yaml"}),
                "/b": returning({"$ref": "pet.yaml#/properties/id"}),
                "/c": returning({"$ref": "pet.yaml#/properties/n"}),
            },
            "components": {"schemas": {"Pet": {"$ref": "pet.yaml"}, "Other": {"$ref": "pet.yaml"}}},
        },
    )
    schemas = data["components"]["schemas"]
    assert schema_of(data) == schemas["Other"] == {"$ref": "#/components/schemas/Pet"}
    assert schemas["Pet"]["properties"] == {
        "mother": {"$ref": "#/components/schemas/Pet"}, "id": {"$ref": "#/components/schemas/Pet_id"},
        "n": {"type": "integer"},
    }  # fmt: skip
    assert schema_of(data, "/b") == {"$ref": "#/components/schemas/Pet_id"}
    assert schema_of(data, "/c") == {"type": "integer"}, "no more than a type is written where it is used"


def test_names_that_one_generator_would_take_for_another_are_kept_apart() -> None:
    data = bundle(
        {"a/item.yaml": {"title": "a"}, "b/item.yaml": {"title": "b"}, "c/b/item.yaml": {"title": "c"}, "x.y.yaml": {"title": "d"}},
        {
            "paths": {
                f"/{n}": returning({"$ref": name})
                for n, name in enumerate(["a/item.yaml", "b/item.yaml", "c/b/item.yaml", "x.y.yaml"])
            },
            "components": {"schemas": {"Item": {"title": "ours"}}},
        },
    )  # fmt: skip
    told = {name: schema["title"] for name, schema in data["components"]["schemas"].items()}
    assert told == {"Item": "ours", "a_item": "a", "b_item": "b", "c_b_item": "c", "x_y": "d"}


def test_every_kind_of_object_goes_where_it_belongs() -> None:
    parts = {
        "limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        "list": [{"name": "after", "in": "query", "schema": {"type": "string"}}],
        "Gone": {"description": "gone", "headers": {"X-A": {"$ref": "#/Trace"}}, "links": {"l": {"$ref": "#/self"}}},
        "Trace": {"schema": {"type": "string"}},
        "self": {"operationId": "a"},
        "Body": {"content": {"application/json": {"schema": {}, "examples": {"e": {"$ref": "#/one"}}}}},
        "one": {"value": {"$ref": "is-data.yaml"}},
        "key": {"type": "http", "scheme": "basic"},
    }
    operation = {
        "operationId": "a",
        "parameters": [{"$ref": "p.yaml#/limit"}, {"$ref": "p.yaml#/list/0"}],
        "requestBody": {"$ref": "p.yaml#/Body"},
        "responses": {"404": {"$ref": "p.yaml#/Gone"}},
    }
    root = {"paths": {"/a": {"post": operation}}, "components": {"securitySchemes": {"basic": {"$ref": "p.yaml#/key"}}}}
    data = bundle({"p.yaml": parts}, root)
    assert {key: list(value) for key, value in data["components"].items()} == {
        "securitySchemes": ["basic"], "examples": ["one"], "headers": ["Trace"], "links": ["self"],
        "parameters": ["after", "limit"], "requestBodies": ["Body"], "responses": ["Gone"],
    }  # fmt: skip
    assert data["components"]["examples"]["one"] == {"value": {"$ref": "is-data.yaml"}}
    assert data["components"]["securitySchemes"]["basic"] == parts["key"]


def test_references_in_data_are_data() -> None:
    there = {"$ref": "not/there.yaml"}
    schema = {"type": "object", "default": there, "enum": [there], "const": there, "examples": [there], "x-a": there}
    files = {"s.yaml": {**schema, "properties": {"example": {"type": "string"}}}}
    data = bundle(files, {"paths": {"/a": returning({"$ref": "s.yaml"}, example=there)}, "x-b": there})
    kept = data["components"]["schemas"]["s"]
    assert all(kept[key] == schema[key] for key in schema)
    assert (
        data["x-b"] == data["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["example"] == there
    )


def test_path_items_take_the_place_of_their_references() -> None:
    item = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
        "get": {"operationId": "pet", "responses": OK},
    }
    shared = [{"name": "x", "in": "query", "schema": {}}]
    paths = {
        "/a/{id}": {"$ref": "items.yaml#/a~1%7Bid%7D", "parameters": shared},
        "/b/{id}": {"$ref": "#/components/pathItems/B"},
    }
    data = bundle({"items.yaml": {"a/{id}": item}}, {"paths": paths, "components": {"pathItems": {"B": {"$ref": "items.yaml#/a~1%7Bid%7D"}}}})  # fmt: skip
    assert "components" not in data
    assert [p["name"] for p in data["paths"]["/a/{id}"]["parameters"]] == ["id", "x"]
    assert [i["get"]["operationId"] for i in data["paths"].values()] == ["pet", "pet_2"], (
        "each operation has its own id"
    )


def test_whole_parts_that_openapi_knows_no_references_for() -> None:
    data = bundle(
        {
            "paths.yaml": {"/a": {"get": {"$ref": "ops/a.yaml"}}},
            "ops/a.yaml": {"operationId": "a", "responses": {"$ref": "../answers.yaml"}},
            "answers.yaml": {"200": {"description": "OK", "content": {"text/plain": {"schema": {"$ref": "c.yaml#/schemas/S"}}}}},
            "c.yaml": {"schemas": {"S": {"type": "string"}}},
        },
        {"paths": {"$ref": "paths.yaml"}, "components": {"$ref": "c.yaml"}},
    )  # fmt: skip
    assert data["paths"]["/a"]["get"]["operationId"] == "a"
    assert list(references(data)) == ["#/components/schemas/S"]
    assert data["components"]["schemas"] == {"S": {"type": "string"}}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_stands_beside_a_reference_stays(version: str) -> None:
    beside = {"$ref": "s.yaml", "description": "told"}
    data = bundle({"s.yaml": {"type": "string"}}, {"openapi": version, "paths": {"/a": returning(beside)}})
    assert schema_of(data) == {"$ref": "#/components/schemas/s", "description": "told"}


def test_circles_end() -> None:
    callback = {"{$request.body#/url}": {"$ref": "item.yaml"}}
    data = bundle(
        {
            "item.yaml": {"post": {"operationId": "a", "responses": OK, "callbacks": {"again": callback}}},
            "a.yaml": {"properties": {"b": {"$ref": "b.yaml"}}},
            "b.yaml": {"properties": {"a": {"$ref": "a.yaml"}}, "items": {"$ref": "#"}},
        },
        {"paths": {"/a": returning({"$ref": "a.yaml"}), "/c": {"$ref": "item.yaml"}}},
    )
    inner = data["paths"]["/c"]["post"]["callbacks"]["again"]["{$request.body#/url}"]
    assert inner == {"$ref": "#/paths/~1c"}
    assert data["components"]["schemas"]["b"]["items"] == {"$ref": "#/components/schemas/b"}
    assert [e.name for e in read_document("openapi.yaml").api.endpoints] == ["get_a", "a"]


def test_discriminators_choose_what_they_chose() -> None:
    animals = {
        "Pet": {
            "oneOf": [{"$ref": "#/Cat"}, {"$ref": "#/Dog"}, {"$ref": "fish.yaml"}],
            "discriminator": {"propertyName": "kind", "mapping": {"wet": "fish.yaml"}},
        },
        **{name: {"type": "object", "required": ["kind"], "properties": {"kind": {}}} for name in ("Cat", "Dog")},
    }
    plant = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {}},
        "discriminator": {"propertyName": "kind"},
    }
    child = {"allOf": [{"$ref": "animals.yaml#/Plant"}, {"properties": {"n": {"type": "integer"}}}]}
    data = bundle(
        {"animals.yaml": {**animals, "Plant": plant, "Tree": child}, "fish.yaml": animals["Cat"]},
        {
            "paths": {"/a": returning({"$ref": "animals.yaml#/Pet"}), "/b": returning({"$ref": "animals.yaml#/Tree"})},
            "components": {"schemas": {"Cat": {"title": "another"}, "Tree": {"title": "another"}}},
        },
    )
    schemas = data["components"]["schemas"]
    assert schemas["Pet"]["discriminator"]["mapping"] == {
        "wet": "#/components/schemas/fish", "Cat": "#/components/schemas/animals_Cat",
    }  # fmt: skip
    assert schemas["Plant"]["discriminator"]["mapping"] == {"Tree": "#/components/schemas/animals_Tree"}


def test_links_and_addresses_lead_where_they_led() -> None:
    data = bundle(
        {
            "paths/a.yaml": {"get": {"responses": {"200": {"description": "OK", "links": {
                "me": {"operationRef": "#/get"}, "away": {"operationRef": "other.yaml#/paths/~1q/get"}}}}}},
            "paths/other.yaml": {"paths": {"/q": {"get": {"responses": OK}}}},
            "ex/e.yaml": {"externalValue": "e.json"},
        },
        {"paths": {"/a": {"$ref": "paths/a.yaml"}, "/b": returning({}, examples={"e": {"$ref": "ex/e.yaml"}})}},
    )  # fmt: skip
    links = data["paths"]["/a"]["get"]["responses"]["200"]["links"]
    assert links["me"]["operationRef"] == "#/paths/~1a/get"
    assert links["away"]["operationRef"] == "paths/other.yaml#/paths/~1q/get"
    assert data["components"]["examples"]["e"] == {"externalValue": "ex/e.json"}


def test_versions_2_and_3_2() -> None:
    answer = {"200": {"$ref": "c.yaml#/Ok"}}
    parts = {
        "Ok": {"description": "OK", "schema": {"$ref": "#/Pet"}},
        "Pet": {"type": "object"},
        "q": {"name": "q", "in": "query", "type": "string"},
    }
    old = bundle({"c.yaml": parts}, {"swagger": "2.0", "paths": {"/a": {"get": {"parameters": [{"$ref": "c.yaml#/q"}], "responses": answer}}}})  # fmt: skip
    assert old.keys() - {"info"} == {"swagger", "paths", "definitions", "parameters", "responses"} - {"openapi"}
    media = {"schema": {"$ref": "m.yaml#/Pet"}}
    new = bundle(
        {"m.yaml": {"M": media, "Pet": {"type": "object"}}},
        {"openapi": "3.2.0", "paths": {"/a": {"get": {"responses": {"200": {"description": "OK", "content": {"application/json": {"$ref": "m.yaml#/M"}}}}}}}},
    )  # fmt: skip
    assert new["components"]["mediaTypes"] == {"M": {"schema": {"$ref": "#/components/schemas/Pet"}}}


def test_anchors_of_yaml_and_of_schemas() -> None:
    text = (
        "Base: &base {type: object, properties: {a: &a {$ref: 't.yaml#name'}}}\nCopy: *base\nC: {properties: {b: *a}}\n"
    )
    data = bundle(
        {"s.yaml": text, "t.yaml": {"T": {"$anchor": "name", "type": "string"}}},
        {"paths": {"/a": returning({"anyOf": [{"$ref": "s.yaml#/Copy"}, {"$ref": "s.yaml#/C"}]})}},
    )
    schemas = data["components"]["schemas"]
    assert schemas["T"] == {"type": "string"}
    assert schemas["Copy"]["properties"]["a"] == schemas["C"]["properties"]["b"] == {"$ref": "#/components/schemas/T"}


def test_references_into_the_document_itself_get_components_too() -> None:
    data = bundle({}, {"paths": {"/b": returning({"$ref": "#/paths/~1a/get/responses/200/content/application~1json/schema"}), "/a": returning({"type": "array", "items": {}})}})  # fmt: skip
    assert schema_of(data) == schema_of(data, "/b") == {"$ref": "#/components/schemas/a_get_200"}


def test_places_are_those_in_the_files() -> None:
    write({"p.yaml": "get:\n  responses:\n    '200':\n      description: OK\n", "s.yaml": "type: object\nproperties:\n  a: {}\n"},
          {"paths": {"/a": {"$ref": "p.yaml", "summary": "s"}}, "components": {"schemas": {"S": {"$ref": "s.yaml"}}}})  # fmt: skip
    document = bundled(load("openapi.yaml")).document
    assert str(document.locate("/paths/~1a/get/responses")) == "p.yaml:2:3#/get/responses"
    assert str(document.locate("/paths/~1a/summary")) == "openapi.yaml:8:5#/paths/~1a/summary"
    assert str(document.locate("/components/schemas/S/properties/a")) == "s.yaml:3:3#/properties/a"


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    write({"s.yaml": {"type": "string", "description": "é"}}, {"paths": {"/a": returning({"$ref": "s.yaml"})}})
    assert run(["bundle", "openapi.yaml", "--no-config"]) == 0
    told = capsys.readouterr().out
    assert json.loads(told)["components"]["schemas"]["s"]["description"] == "é"
    assert run(["bundle", "openapi.yaml", "-o", "one.yaml", "--no-config"]) == 0
    assert load("one.yaml").data == json.loads(told)
    assert run(["bundle", "openapi.yaml", "-o", "one.yaml", "--check", "--no-config"]) == 0
    Path("s.yaml").write_text("type: integer\n", encoding="utf-8")
    assert run(["bundle", "openapi.yaml", "-o", "one.yaml", "--check", "--no-config"]) == 1
    assert "+      type: integer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("gone.yaml", "openapi.yaml:"), ("#/components/schemas/Gone", "leads nowhere"), ("#Gone", "leads nowhere"),
        ("https://example.com/pet.yaml", "--allow-remote"), ("s.yaml#/Gone", "s.yaml has no /Gone"),
        ("loop.yaml", "'loop.yaml#' leads back to itself"), ("bad.yaml", "bad.yaml:2"), ("../outside.yaml", "outside of the project"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_ends_it(reference: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "s.yaml": {"type": "string"},
        "loop.yaml": {"$ref": "pool.yaml"},
        "pool.yaml": {"$ref": "loop.yaml"},
        "bad.yaml": "a: [\n",
    }
    write(files, {"paths": {"/a": returning({"$ref": reference})}})
    (Path.cwd().parent / "outside.yaml").write_text("type: string\n", encoding="utf-8")
    assert run(["bundle", "openapi.yaml", "-o", "one.json", "--no-config"]) == 2
    assert told in capsys.readouterr().err
    assert not Path("one.json").exists()


def test_the_same_bytes_whatever_the_hashes() -> None:
    files = {
        f"s{n}/item.yaml": {"type": "object", "properties": {"n": {"$ref": f"../s{(n + 1) % 9}/item.yaml"}}}
        for n in range(9)
    }
    write(files, {"paths": {"/a": returning({"oneOf": [{"$ref": "s4/item.yaml"}, {"$ref": "s1/item.yaml"}]})}})
    made = {
        subprocess.run(
            [sys.executable, "-m", "apispec", "bundle", "openapi.yaml", "--no-config"],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1


def test_operations_behind_a_reference_have_code_samples(capsys: pytest.CaptureFixture[str]) -> None:
    item = {"get": {"operationId": "pet", "summary": "s", "responses": OK}}
    root = {
        "servers": [{"url": "https://zoo.example.com"}],
        "paths": {"/a": {"$ref": "#/components/pathItems/P"}, "/b": {"$ref": "item.yaml"}},
        "components": {"pathItems": {"P": item}},
    }
    write({"item.yaml": {"get": {"responses": OK}}}, root)
    assert run(["spec", "openapi.yaml", "--no-config"]) == 0
    paths = json.loads(capsys.readouterr().out)["paths"]
    assert "https://zoo.example.com/a" in json.dumps(paths["/a"]["get"]["x-codeSamples"])
    assert "https://zoo.example.com/b" in json.dumps(paths["/b"]["get"]["x-codeSamples"])


def test_a_project_as_other_tools_want_it(capsys: pytest.CaptureFixture[str]) -> None:
    """What `make generators` gives to other generators: they follow references to components alone."""
    zoo = Path(__file__).parent / "generators" / "zoo"
    assert run(["bundle", str(zoo / "openapi.yaml"), "--no-config"]) == 0
    data = json.loads(capsys.readouterr().out)
    operation = data["paths"]["/pets"]["post"]
    assert operation["callbacks"]["made"]["{$request.body#/url}"] == {"$ref": "#/paths/~1pets"}, "a circle is left"
    del operation["callbacks"]
    data["paths"]["/plants"]["get"]["responses"]["200"]["content"]["application/json"].pop("example")
    del data["components"]["schemas"]["Local"]["default"]
    assert {tuple(text.split("/")[:2]) for text in references(data)} == {("#", "components")}
    assert {text.count("/") for text in references(data)} == {3}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_references_in_a_schema_with_a_uri_of_its_own(elsewhere: bool) -> None:
    pet = {"$id": "https://zoo.example/pet", "properties": {"q": {"$ref": "#/$defs/q"}}, "$defs": {"q": {"enum": [1]}}}
    if elsewhere:
        data = bundle({"s.yaml": {"Pet": pet}}, {"paths": {"/a": returning({"$ref": "s.yaml#/Pet"})}})
    else:
        data = bundle(
            {},
            {"paths": {"/a": returning({"$ref": "#/components/schemas/Pet"})}, "components": {"schemas": {"Pet": pet}}},
        )
    assert data["components"]["schemas"]["Pet"]["properties"] == {"q": {"$ref": "#/components/schemas/q"}}
    assert data["components"]["schemas"]["q"] == {"enum": [1]}
