"""What a document marks as internal is left out, with what only that needed, and nothing else is."""

from __future__ import annotations

from typing import Any

from apispec.documents import from_data
from apispec.sources.internal import without_internal

OK = {"responses": {"200": {"description": "ok"}}}


def answering(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}}


DATA: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "tags": [{"name": "a"}, {"name": "b", "x-internal": True}],
    "paths": {
        "/it": {
            "get": {
                **answering("A"),
                "parameters": [
                    {"name": "x", "in": "query", "x-internal": True},
                    {"name": "y", "in": "query", "example": {"x-internal": True}},
                ],
            },
            "put": {**answering("Hidden"), "x-internal": True},
        },
        "/all": {"x-internal": True, "get": OK},
        "/no": {"x-internal": False, "get": OK},
    },
    "components": {
        "schemas": {
            "A": {
                "type": "object",
                "required": ["a", "b"],
                "properties": {
                    "a": {"type": "string"},
                    "b": {"type": "string", "x-internal": True},
                    "x-internal": {"type": "boolean"},
                    "c": {"$ref": "#/components/schemas/Needed"},
                },
            },
            "Hidden": {"properties": {"deep": {"$ref": "#/components/schemas/De~1ep"}}},
            "De/ep": {"type": "object"},
            "Needed": {"type": "object", "x-internal": True},
            "Marked": {"type": "object", "x-internal": True},
            "Unused": {"type": "object"},
        }
    },
}


def test_what_is_marked_is_left_out_with_what_only_that_needed() -> None:
    before = repr(DATA)
    found = without_internal(from_data(DATA, "openapi.json"))
    data = found.data
    assert repr(DATA) == before
    assert list(data["paths"]) == ["/it", "/no"] and list(data["paths"]["/it"]) == ["get"]
    assert [p["name"] for p in data["paths"]["/it"]["get"]["parameters"]] == ["y"]
    assert data["paths"]["/it"]["get"]["parameters"][0]["example"] == {"x-internal": True}
    assert [tag["name"] for tag in data["tags"]] == ["a"]
    assert list(data["components"]["schemas"]) == ["A", "Needed", "Unused"]
    assert data["components"]["schemas"]["A"]["required"] == ["a"]
    assert list(data["components"]["schemas"]["A"]["properties"]) == ["a", "x-internal", "c"]
    assert [(f.rule, f.severity.value) for f in found.findings] == [
        ("internal-needed", "warning"), ("internal-left-out", "info"),
    ]  # fmt: skip
    told = found.findings[1].message
    assert "1 operation," in told and "1 path," in told and "3 schemas" in told, told


def test_a_document_without_marks_is_itself() -> None:
    plain = {**DATA, "paths": {"/no": DATA["paths"]["/no"]}, "tags": [], "components": {}}
    found = without_internal(from_data(plain, "openapi.json"))
    assert found.data == plain and found.findings == ()
