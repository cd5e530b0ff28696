"""Every rule: its own examples, its settings, and documents that must stay quiet."""

from __future__ import annotations

from typing import Any

import pytest

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
