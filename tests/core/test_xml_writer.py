"""JSON values as XML: what XML Objects say is there, and whatever comes out is well-formed."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.requests.body_text import is_xml
from apispec.requests.xml_writer import dump

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'
SCHEMAS: dict[str, Any] = {
    "Pet": {"type": "object", "properties": {"name": {"type": "string"}, "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}}},
    "Tag": {"type": "object", "xml": {"name": "tag"}, "properties": {"id": {"type": "integer", "xml": {"attribute": True}}}},
    "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"bark": {"xml": {"name": "noise"}}}}]},
    "Animal": {"oneOf": [{"$ref": "#/components/schemas/Tag"}, {"$ref": "#/components/schemas/Dog"}]},
    "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
}  # fmt: skip


def pet(**about: Any) -> dict[str, Any]:
    """An array `pets` of texts with this XML Object, in an object."""
    items = about.pop("items", {})
    return {"xml": {"name": "r"}, "properties": {"pets": {"type": "array", "items": {"type": "string", "xml": items}, "xml": about}}}  # fmt: skip


CASES: list[tuple[str, Any, Any, str]] = [
    ("a component names the root", {"$ref": "#/components/schemas/Pet"}, {"name": "a"}, "<Pet>\n  <name>a</name>\n</Pet>"),
    ("its XML Object does before", {"$ref": "#/components/schemas/Tag"}, {"id": 1}, '<tag id="1"/>'),
    ("a root without a name", {}, {"a": True, "b": 1.5}, "<root>\n  <a>true</a>\n  <b>1.5</b>\n</root>"),
    ("a text", {"type": "string", "xml": {"name": "t"}}, "a<&>\r\n]]>", "<t>a&lt;&amp;&gt;&#13;\n]]&gt;</t>"),
    ("a list", {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}, [{"id": 1}], '<root>\n  <tag id="1"/>\n</root>'),
    ("an array", pet(), {"pets": ["a", "b"]}, "<r>\n  <pets>a</pets>\n  <pets>b</pets>\n</r>"),
    ("its name counts only where it is wrapped", pet(name="x"), {"pets": ["a"]}, "<r>\n  <pets>a</pets>\n</r>"),
    ("its items' name does", pet(items={"name": "pet"}), {"pets": ["a"]}, "<r>\n  <pet>a</pet>\n</r>"),
    ("wrapped", pet(wrapped=True), {"pets": ["a"]}, "<r>\n  <pets>\n    <pets>a</pets>\n  </pets>\n</r>"),
    ("wrapped and named", pet(wrapped=True, name="x", items={"name": "y"}), {"pets": ["a"]}, "<r>\n  <x>\n    <y>a</y>\n  </x>\n</r>"),
    ("wrapped by 3.2", pet(nodeType="element"), {"pets": []}, "<r>\n  <pets/>\n</r>"),
    ("items by component", {"$ref": "#/components/schemas/Pet"}, {"tags": [{"id": 1}]}, '<Pet>\n  <tag id="1"/>\n</Pet>'),
    ("a prefix", {"xml": {"name": "r", "namespace": "urn:a", "prefix": "p"}, "properties": {"a": {"xml": {"prefix": "p"}}}}, {"a": 1}, '<p:r xmlns:p="urn:a">\n  <p:a>1</p:a>\n</p:r>'),
    ("a namespace alone", {"xml": {"namespace": "urn:a"}}, {}, '<root xmlns="urn:a"/>'),
    ("a prefix of nothing is left out", {"xml": {"prefix": "p"}}, {"q:a": 1}, "<root>\n  <a>1</a>\n</root>"),
    ("prefixes that a value declares", {"xml": {"name": "s:E"}, "properties": {"xmlns:s": {"xml": {"attribute": True}}, "s:B": {}}}, {"xmlns:s": "urn:s", "s:B": 1}, '<s:E xmlns:s="urn:s">\n  <s:B>1</s:B>\n</s:E>'),
    ("an attribute with a prefix", {"properties": {"a": {"xml": {"attribute": True, "prefix": "p", "namespace": "urn:a"}}}}, {"a": 'x"\n'}, '<root xmlns:p="urn:a" p:a="x&quot;&#10;"/>'),
    ("the parts of allOf", {"$ref": "#/components/schemas/Dog"}, {"name": "a", "bark": 1}, "<Dog>\n  <name>a</name>\n  <noise>1</noise>\n</Dog>"),
    ("the branch that fits", {"$ref": "#/components/schemas/Animal"}, {"bark": 1}, "<Animal>\n  <noise>1</noise>\n</Animal>"),
    ("null", {"properties": {"b": {"xml": {"attribute": True}}}}, {"a": None, "b": None}, f"<root>\n  <a {NIL}/>\n</root>"),
    ("a text node", {"properties": {"n": {"xml": {"nodeType": "text"}}, "a": {"xml": {"nodeType": "attribute"}}}}, {"n": "x", "a": 1}, '<root a="1">x</root>'),
    ("a CDATA section", {"properties": {"n": {"xml": {"nodeType": "cdata"}}}}, {"n": "a<]]>"}, "<root><![CDATA[a<]]]]><![CDATA[>]]></root>"),
    ("no node", {"properties": {"n": {"xml": {"nodeType": "none"}}}}, {"n": {"a": 1}}, "<root>\n  <a>1</a>\n</root>"),
    ("no names, no characters", {}, {"1 é/&": "\0\x1b\ud800"}, "<root>\n  <_1_é__>\ufffd\ufffd\ufffd</_1_é__>\n</root>"),
    ("the schema's order", {"$ref": "#/components/schemas/Pet"}, {"z": 1, "name": "a"}, "<Pet>\n  <name>a</name>\n  <z>1</z>\n</Pet>"),
    ("a schema of itself", {"$ref": "#/components/schemas/Loop"}, {"a": 1}, "<Loop>\n  <a>1</a>\n</Loop>"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_xml_objects_say(schema: Any, value: Any, expected: str) -> None:
    made = dump(value, schema, SCHEMAS)
    assert made == HEAD + expected
    ElementTree.fromstring(made.encode())


TEXT = st.text(max_size=8) | st.sampled_from(["a:b", "xml:lang", "xmlns:p", "xsi:type", "]]>", "-"])
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
ABOUT = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXT,
        "prefix": st.sampled_from(["p", "xml", "1", "p q"]),
        "namespace": st.sampled_from(["urn:a", "urn:b", ""]),
        "wrapped": st.booleans(),
        "nodeType": st.sampled_from(["element", "text", "cdata", "none", "what"]),
    },
)


SCHEMA = st.recursive(
    st.fixed_dictionaries({"xml": ABOUT}),
    lambda inner: st.fixed_dictionaries(
        {"xml": ABOUT, "properties": st.dictionaries(TEXT, inner, max_size=3), "items": inner}
    ),
    max_leaves=6,
)
VALUES = st.recursive(SCALAR, lambda v: st.lists(v, max_size=3) | st.dictionaries(TEXT, v, max_size=3), max_leaves=10)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCHEMA, VALUES)
def test_whatever_comes_out_is_well_formed(schema: Any, value: Any) -> None:
    ElementTree.fromstring(dump(value, schema, {}).encode())


@pytest.mark.parametrize(
    "name", ["application/xml", "text/xml; charset=utf-8", "Application/SOAP+XML", "image/svg+xml"]
)
def test_media_types_that_are_xml(name: str) -> None:
    assert is_xml(name)


@pytest.mark.parametrize("name", ["text/html", "application/json", "application/xml-dtd", "x/xml+json"])
def test_media_types_that_are_not(name: str) -> None:
    assert not is_xml(name)
