"""Kinds that a discriminator tells apart without a union: found, made, shown and sent."""

from __future__ import annotations

from typing import Any

from apispec.examples import example
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.views import FieldView
from apispec.schemas import kinds, mark_of, ref
from apispec.tools.schemas import for_tool


def made_of(base: str, **properties: Any) -> dict[str, Any]:
    return {"allOf": [ref(base), {"type": "object", "required": [*properties], "properties": properties}]}


SCHEMAS: dict[str, Any] = {
    "Pet": {
        "type": "object",
        "required": ["petType"],
        "properties": {"petType": {"type": "string"}},
        "discriminator": {"propertyName": "petType", "mapping": {"cat": "#/components/schemas/Cat", "tom": "Cat"}},
    },
    "Cat": made_of("Pet", mice={"type": "integer"}),
    "Dog": made_of("Pet", bark={"type": "string"}),
    "Puppy": made_of("Dog", age={"type": "integer"}),
    "Shape": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {"any": "Shape", "dot": "Dot"}},
              "required": ["kind"], "properties": {"kind": {"type": "string"}}},
    "Dot": made_of("Shape", x={"type": "number"}),
    "Union": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "petType"}},
    "Lonely": {"type": "object", "discriminator": {"propertyName": "kind"}, "properties": {"kind": {"type": "string"}}},
    "Odd": {"discriminator": {"propertyName": 5, "mapping": []}, "allOf": "Pet"},
    "Circle": {"allOf": [ref("Circle"), ref("Nowhere")], "discriminator": {"propertyName": "k", "mapping": {"a": 1}}},
}  # fmt: skip


def test_kinds_come_from_the_mapping_and_from_what_is_made_of_it() -> None:
    assert kinds("Pet", SCHEMAS) == {"Cat": ["cat", "tom"], "Dog": ["Dog"], "Puppy": ["Puppy"]}
    assert kinds("Shape", SCHEMAS) == {"Shape": ["any"], "Dot": ["dot"]}
    for name in ("Union", "Lonely", "Odd", "Circle", "Cat", "Nowhere"):
        assert kinds(name, SCHEMAS) == {}, name
    assert mark_of("Puppy", SCHEMAS) == ("petType", ["Puppy"])
    assert mark_of("Pet", SCHEMAS) is None
    assert mark_of("Circle", SCHEMAS) is None


def test_an_example_is_of_a_kind_and_says_which() -> None:
    assert example(ref("Pet"), SCHEMAS) == {"petType": "cat", "mice": 1}
    assert example({"type": "array", "items": ref("Pet")}, SCHEMAS) == [{"petType": "cat", "mice": 1}]
    assert example(ref("Puppy"), SCHEMAS)["petType"] == "Puppy"
    assert example(ref("Shape"), SCHEMAS)["kind"] == "kind", "it may be itself"
    assert example(ref("Dot"), SCHEMAS)["kind"] == "dot"
    told = {**SCHEMAS, "Pet": {**SCHEMAS["Pet"], "example": {"petType": "tom"}}}
    assert example(ref("Pet"), told) == {"petType": "tom"}, "the author's word comes first"


def test_pages_name_the_kinds_and_what_tells_them_apart() -> None:
    def told(view: FieldView) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
        return [(n.label, [(f.plain_type, f.constraints) for f in n.fields]) for n in view.nested if n.choice]

    fields = Fields(SCHEMAS, lambda name: f"#{name}", {})
    expected = [("Cat", ('petType: "cat"', 'petType: "tom"')), ("Dog", ('petType: "Dog"',)), ("Puppy", ('petType: "Puppy"',))]  # fmt: skip
    for view in (fields.body("", ref("Pet")), fields.value("", ref("Pet")), fields.component("Pet", SCHEMAS["Pet"])[1]):
        assert told(view) == [("Kinds, told apart by petType", expected)]
    assert told(fields.body("", ref("Cat"))) == []
    outside = {"allOf": [{"oneOf": [ref("Cat"), ref("Dog")]}], "discriminator": {"propertyName": "petType"}}
    assert told(fields.body("", outside))[0][0] == "One of, told apart by petType"


def test_tools_take_each_kind() -> None:
    made = for_tool(ref("Pet"), SCHEMAS, "input", lambda text: None, limit=400)[0]
    assert [one["properties"]["petType"]["enum"] for one in made["anyOf"]] == [["cat", "tom"], ["Dog"], ["Puppy"]]
    union = for_tool(ref("Union"), SCHEMAS, "input", lambda text: None, limit=400)[0]
    assert [one["properties"]["petType"]["enum"] for one in union["oneOf"]] == [["Cat"], ["Dog"]]
    assert "anyOf" not in for_tool(ref("Cat"), SCHEMAS, "input", lambda text: None, limit=400)[0]
    assert "anyOf" not in for_tool(ref("Pet"), SCHEMAS, "output", lambda text: None, limit=400)[0]


def test_what_tells_a_kind_is_never_what_its_base_refuses() -> None:
    told = {"propertyName": "kind"}
    base = {"type": "object", "properties": {"kind": {"enum": ["Fusion", "Other"]}}, "discriminator": told}
    schemas = {
        "Rule": base,
        "FusionRule": {**made_of("Rule"), "x-ms-discriminator-value": "Fusion"},
        "OtherRule": made_of("Rule"),
    }
    assert kinds("Rule", schemas) == {"FusionRule": ["Fusion"], "OtherRule": []}
    assert mark_of("OtherRule", schemas) is None
    assert example(ref("FusionRule"), schemas)["kind"] == "Fusion"
