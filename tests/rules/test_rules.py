"""Every rule: its own examples, its settings, and documents that must stay quiet."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apispec.rules import GROUPS, Index, Rule, rules, run
from apispec.rules.examples import document

ALL = list(rules().values())


def found(whole: dict[str, Any], rule: Rule) -> list[tuple[str, str]]:
    return [(pointer, message) for _, pointer, message, _ in run(Index(whole), [rule])]


def example(text: str) -> dict[str, Any]:
    return document(text.replace("%LONG%", "word " * 2_000))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_the_wrong_example_is_found_and_the_right_one_is_not(rule: Rule) -> None:
    assert found(example(rule.wrong), rule), "the wrong example passes"
    assert found(example(rule.right), rule) == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert len(rule.why.split()) >= 4
    assert rule.group in GROUPS


@pytest.mark.parametrize(
    "pattern", [r"^\p{L}+$", r"[^\p{C}]{1,9}", r"[\P{M}\p{M}]", "(?<name>a)", r"\d{4}", r"[\uD800-\uDBFF]", "a(?=b)"]
)
def test_patterns_of_javascript_are_patterns(pattern: str) -> None:
    whole = document("type: string")
    whole["components"]["schemas"]["Example"]["pattern"] = pattern
    assert found(whole, rules()["invalid-pattern"]) == []


def test_there_are_enough_rules() -> None:
    assert len(ALL) >= 60
    assert {rule.group for rule in ALL} == set(GROUPS)


def test_operations_behind_a_reference_belong_to_the_path_that_refers_to_them() -> None:
    whole = document("/pets/{id}: {get: {parameters: [{name: other, in: path, required: true}]}}")
    direct = {rule.id for rule in ALL if found(whole, rule) and rule.id.startswith("path-parameter")}
    item = whole["paths"].pop("/pets/{id}")
    for place in ("pathItems", "x-parts"):
        moved = {**whole, "components": {**whole.get("components", {}), place: {"Pet": item}}}
        moved["paths"] = {"/pets/{id}": {"$ref": f"#/components/{place}/Pet"}}
        assert {rule.id for rule in ALL if found(moved, rule) and rule.id.startswith("path-parameter")} == direct
    assert {"path-parameter-undeclared", "path-parameter-unused"} <= direct
    circle = {**whole, "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}}}
    assert all(isinstance(found(circle, rule), list) for rule in ALL)


# Documents that are nearly wrong, and wrong ones that the rules' own examples do not show.
_QUERY = "get: {parameters: [{in: query, name: %s, schema: %s}]}"
CASES = [
    ("array-parameter-serialization", _QUERY % ("ids", "{type: string}"), 0),
    ("array-parameter-serialization", _QUERY % ("ids", "{type: [array, 'null']}"), 1),
    ("boolean-parameter-prefixes", _QUERY % ("isolated", "{type: boolean}"), 1),
    ("boolean-parameter-prefixes", _QUERY % ("is_open", "{type: [boolean, 'null']}"), 0),
    ("path-segment-plural", "/v1/people/{id}/status: {get: {}}", 0),
    ("path-segment-plural", "/v1/address: {get: {}}", 1),
    ("no-server-example-com", "servers: [{url: 'https://example.company.io'}, {url: '/v1'}]", 0),
    ("no-server-example-com", "servers: [{url: 'http://localhost:8000'}]", 1),
    ("no-server-trailing-slash", "servers: [{url: /}]", 0),
    ("no-mixed-number-range-constraints", "{type: number, minimum: 1, exclusiveMaximum: 9}", 0),
    ("license-strict", "info: {title: T, version: '1', license: {name: A, url: 'https://a.io'}}", 0),
    ("scalar-property-missing-example", "properties: {a: {type: object}, b: {enum: [1], type: integer}}", 0),
    ("request-mime-type", "post: {requestBody: {content: {'application/json; charset=utf-8': {}}}}", 0),
    ("request-mime-type", "post: {requestBody: {content: {application/vnd.a+json: {}}}}", 0),
    ("problem-details", "get: {responses: {'400': {description: A}, '200': {description: B}}}", 1),
    ("problem-details", "get: {responses: {default: {description: A}}}", 0),
    ("tags-alphabetical", "tags: [{name: a}, {name: B}, {name: c}]", 0),
    ("path-http-verbs-order", "/a: {parameters: [], delete: {}, head: {}, x-a: 1}", 1),
    ("callbacks-in-callbacks", "post: {callbacks: {a: {'{$url}': {post: {}}}}}", 0),
    ("servers-in-webhook", "servers: [{url: /}]\nwebhooks: {a: {post: {servers: [{url: /}]}}}", 1),
    ("eval-in-markdown", "get: {description: 'retrieval (of pets), evaluation(s)'}", 0),
    ("integer-limit", "{type: [integer, 'null'], exclusiveMinimum: 0, maximum: 5}", 0),
    ("integer-limit", "{type: integer, enum: [1, 2]}", 0),
    ("open-object", "{type: object, properties: {}, additionalProperties: true}", 1),
    ("open-object", "{allOf: [{properties: {a: {type: string}}}], unevaluatedProperties: false}", 0),
    ("unauthorized-response-missing", "get: {responses: {'200': {description: A}}}", 0),
    ("unauthorized-response-missing", "security: [{a: []}]\nget: {security: [], responses: {'200': {description: A}}}", 0),
    ("write-restricted", "security: [{a: []}, {}]\npost: {}", 1),
    ("no-numeric-ids", "/a/{petId}: {get: {parameters: [{in: path, name: petId, schema: {type: integer}}]}}", 1),
    ("no-numeric-ids", _QUERY % ("valid", "{type: integer}"), 0),
    ("rate-limit-headers-missing", "get: {responses: {'200': {$ref: '#/components/responses/A'}}}\n"
     "components: {responses: {A: {description: A, headers: {X-RateLimit-Limit: {schema: {type: integer}}}}}}", 0),
    ("component-name-unique", "components: {schemas: {A: {type: string}}, responses: {A: {description: A}}}", 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "part", "count"), CASES)
def test_a_rule_finds_what_it_says_and_no_more(name: str, part: str, count: int) -> None:
    assert len(found(document(part), rules()[name])) == count


def test_rules_of_swagger_read_what_stands_there() -> None:
    whole = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "consumes": ["application/xml"],
        "paths": {
            "/a": {
                "get": {
                    "parameters": [
                        {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"}},
                        {"name": "open", "in": "query", "type": "boolean"},
                    ],
                    "produces": ["text/csv"],
                    "responses": {"200": {"description": "A", "schema": {"type": "object"}}},
                }
            }
        },
    }
    wrong = {"array-parameter-serialization", "boolean-parameter-prefixes", "request-mime-type", "response-mime-type"}
    assert {name for name in wrong if found(whole, rules()[name])} == wrong


SEGMENTS = st.sampled_from(["a", "b", "{x}", "{y}", "{x}.json", "{z}.json", "a{x}"])


@given(st.lists(st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join), unique=True, max_size=8))
def test_two_paths_are_ambiguous_where_each_is_concrete_where_the_other_is_not(paths: list[str]) -> None:
    """The definition, pair by pair; the rule looks at few of them."""

    def is_whole(segment: str) -> bool:
        return segment.startswith("{") and segment.endswith("}")

    def may_be_one(a: str, b: str) -> bool:
        return (
            a == b or (is_whole(a) and is_whole(b)) or ("{" not in b and is_whole(a)) or ("{" not in a and is_whole(b))
        )

    def are_ambiguous(one: str, two: str) -> bool:
        pairs = list(zip(one.split("/"), two.split("/"), strict=True))
        first, second = (any("{" in pair[n] and "{" not in pair[1 - n] for pair in pairs) for n in (0, 1))
        return all(may_be_one(*pair) for pair in pairs) and first and second

    expected = {
        f"A URL may fit both /{one} and /{two}."
        for n, two in enumerate(paths)
        for one in paths[:n]
        if one.count("/") == two.count("/") and are_ambiguous(one, two)
    }
    whole = {"openapi": "3.1.0", "paths": {f"/{path}": {"get": {}} for path in paths}}
    assert {message for _, message in found(whole, rules()["ambiguous-paths"])} == expected
