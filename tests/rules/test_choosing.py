"""Presets, options of rules, assertions, rules of installed packages."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import Any

import pytest
import yaml

from apispec.errors import ConfigError
from apispec.rules import PRESETS, Index, Node, choose, declared, flaws_of_examples, registry, rules, run
from apispec.rules.examples import document
from apispec.rules.presets import OWASP, STRICT
from apispec.rules.registry import Flaw, flaw, rule


def levels(*presets: str, **settings: Any) -> dict[str, str]:
    given = {name.replace("_", "-"): value for name, value in settings.items()}
    return {one.id: severity.value for one, severity in choose(given, presets)}


def test_presets_name_rules_and_add_up() -> None:
    assert {*OWASP} | STRICT <= rules().keys()
    assert levels() == levels("recommended") == {one.id: one.level for one in rules().values() if one.level != "off"}
    assert levels("security").keys() >= OWASP.keys()
    assert "summary-too-long" not in levels("security")
    both = levels("security", "recommended")
    assert both.keys() == levels("security").keys() | levels("recommended").keys()
    assert levels("strict")["operation-without-text"] == "error"
    assert levels("strict", documentation="off").get("operation-without-text") is None
    assert levels("security", no_numeric_ids="off").get("no-numeric-ids") is None
    assert set(levels("minimal").values()) <= {"error", "warning"}
    for name in PRESETS:
        assert {one for one, level in levels(name).items() if level == "error"} >= {
            one.id for one in rules().values() if one.group == "correctness" and one.level == "error"
        }


def test_options_are_checked_and_used() -> None:
    part = "get: {parameters: [{in: query, name: willBite, schema: {type: boolean}}]}"
    for prefixes, count in ((["will"], 0), (["does"], 1)):
        ((chosen, severity),) = [
            one for one in choose({"boolean-parameter-prefixes": {"prefixes": prefixes}}) if one[0].id[:7] == "boolean"
        ]
        assert severity.value == "warning"
        assert len([*run(Index(document(part)), [chosen])]) == count


@pytest.mark.parametrize(
    ("settings", "presets", "said"),
    [
        ({"boolean-parameter-prefixes": {"prefix": ["a"]}}, (), "has no option 'prefix'"),
        ({"boolean-parameter-prefixes": {"prefixes": "a"}}, (), "must be a list"),
        ({"boolean-parameter-prefixes": {"level": "loud"}}, (), "is no level"),
        ({"style": {"level": "error"}}, (), "is no level"),
        ({}, ("owasp",), "no preset 'owasp'"),
        ({"no-server-example.com": "error"}, (), "here it is no-server-example-com"),
        ({"unused-tags": "error"}, (), "did you mean unused-tag?"),
    ],
)
def test_settings_that_say_nothing_are_errors(settings: Any, presets: Any, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        choose(settings, presets)
    assert said in str(error.value)


_PETS = """
/pets/{id}:
  get: {operationId: get_pet, summary: Get a pet, tags: [pets], responses: {"200": {description: OK}}}
  delete: {operationId: deletePet, tags: [b, a]}
components: {schemas: {Pet: {type: object, properties: {petName: {type: string}}}, owner: {type: object}}}
"""
ASSERTIONS = [
    ("{subject: operation, property: summary, defined: true}", ["/paths/~1pets~1{id}/delete"]),
    ("{subject: operation, property: summary, defined: true, keys: get}", []),
    ("{subject: operation, property: operationId, casing: snake_case}", ["/paths/~1pets~1{id}/delete/operationId"]),
    ("{subject: operation, property: operationId, pattern: '^get'}", ["/paths/~1pets~1{id}/delete/operationId"]),
    ("{subject: operation, property: summary, max-length: 5}", ["/paths/~1pets~1{id}/get/summary"]),
    ("{subject: operation, property: tags, sort-order: asc}", ["/paths/~1pets~1{id}/delete/tags"]),
    ("{subject: operation, property: tags, max-length: 1}", ["/paths/~1pets~1{id}/delete/tags"]),
    ("{subject: operation, required: [summary, tags]}", ["/paths/~1pets~1{id}/delete"]),
    ("{subject: operation, disallowed: [summary]}", ["/paths/~1pets~1{id}/get"]),
    ("{subject: operation, mutually-required: [summary, responses]}", ["/paths/~1pets~1{id}/delete"]),
    ("{subject: operation, mutually-exclusive: [summary, tags]}", ["/paths/~1pets~1{id}/get"]),
    ("{subject: operation, require-any: [summary, description]}", ["/paths/~1pets~1{id}/delete"]),
    ("{subject: components/schemas, casing: PascalCase}", ["/components/schemas/owner"]),
    ("{subject: schema/properties, casing: snake_case}", ["/components/schemas/Pet/properties/petName"]),
    ("{subject: paths, not-pattern: pets}", ["/paths/~1pets~1{id}"]),
    ("{subject: info, property: license.name, defined: true}", ["/info"]),
    ("{subject: info, property: version, const: '2'}", ["/info/version"]),
    ("{subject: info, property: title, enum: [Pets, Owners]}", ["/info/title"]),
    ("{subject: schema, property: type, type: array}", 3),
    ("{subject: [info, document], property: x-owner, non-empty: true}", []),
    ("{subject: operation, property: summary, defined: true, where: {subject: path-item, keys: ['/owners*']}}", []),
    ("{subject: operation, property: summary, defined: true, where: [{subject: path-item, keys: ['/pets*']}]}", 1),
    ("{subject: operation, property: summary, defined: true, where: [{subject: operation, property: tags, max-length: 1}]}", 0),
]  # fmt: skip


@pytest.mark.parametrize(("table", "places"), ASSERTIONS)
def test_assertions_find_what_they_say(table: str, places: Any) -> None:
    own = declared({"mine": yaml.safe_load(table)})["mine"]
    found = [pointer for _, pointer, _, _ in run(Index(document(_PETS)), [own])]
    assert (len(found) if isinstance(places, int) else found) == places


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("{subject: operation}", "nothing is asserted"),
        ("{property: a, defined: true}", "needs a `subject`"),
        ("{subject: operations, defined: true}", "did you mean operation?"),
        ("{subject: components/schema, defined: true}", "components/schemas"),
        ("{subject: operation, maxLength: 3}", "did you mean `max-length`?"),
        ("{subject: operation, pattern: '('}", "no regular expression"),
        ("{subject: operation, max-length: many}", "must be a whole number"),
        ("{subject: operation, casing: Snake}", "must be one of camelCase"),
        ("{subject: operation, defined: 'yes'}", "must be true or false"),
        ("{subject: operation, defined: true, level: warn}", "is no level"),
        ("{subject: operation, defined: true, where: [{keys: [a]}]}", "assertions.mine.where"),
        ("[operation]", "an assertion is a table"),
    ],
)
def test_assertions_that_say_nothing_are_errors(table: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        declared({"mine": yaml.safe_load(table)})
    assert said in str(error.value)


def test_an_assertion_has_words_and_examples_of_its_own() -> None:
    table: dict[str, Any] = {
        "subject": "operation", "property": "summary", "max-length": 9, "message": "{property} {problem} ({name})",
        "hint": "Shorten it.", "level": "error", "wrong": "get: {summary: A long summary}", "right": "get: {summary: A}",
    }  # fmt: skip
    own = declared({"short": table})["short"]
    assert flaws_of_examples(own) == []
    ((_, _, message, hint),) = run(Index(document(own.wrong)), [own])
    assert (message, hint) == ("summary has a length of 14, 9 is the most (get)", "Shorten it.")
    assert flaws_of_examples(declared({"a": {**table, "wrong": table["right"]}})["a"])
    assert flaws_of_examples(declared({"a": {**table, "right": table["wrong"]}})["a"])


def test_rules_of_installed_packages_are_those_that_their_entry_points_declare(monkeypatch: pytest.MonkeyPatch) -> None:
    def declare() -> None:
        @rule(group="style", level="warning", on="operation")
        def house_operation_id(operation: Node, index: Index) -> Iterator[Flaw]:
            """An operationId does not begin with the house's name.

            Ours all do.

            Wrong:
                get: {operationId: a}

            Right:
                get: {operationId: acme_a}
            """
            if not str(operation.value.get("operationId")).startswith("acme_"):
                yield flaw("It does not begin with acme_.", "operationId")

    class Entry(EntryPoint):
        def load(self) -> Any:
            if self.value != "good":
                raise ImportError("no such module")
            declare()
            return None

    def entries(value: str) -> Any:
        return lambda group: [Entry("acme", value, group)]

    monkeypatch.setattr(registry, "_RULES", dict(registry._RULES))
    monkeypatch.setattr(registry, "entry_points", entries("good"))
    (mine,) = registry.installed.__wrapped__().values()
    assert mine.id == "house-operation-id"
    assert "house-operation-id" not in rules()
    assert flaws_of_examples(mine) == []
    assert mine in [one for one, _ in choose({}, ["security"], {mine.id: mine})]
    monkeypatch.setattr(registry, "entry_points", entries("bad"))
    with pytest.raises(ConfigError, match="rules cannot be imported"):
        registry.installed.__wrapped__()


def test_a_rule_of_ones_own_that_crashes_is_named() -> None:
    def crash(node: Node, index: Index) -> Iterator[Flaw]:
        yield flaw(str(1 // len(index.by_kind["tag"])))

    broken = registry.Rule("mine", "style", "error", "info", (), (), crash)
    with pytest.raises(ConfigError, match="the rule 'mine' failed"):
        [*run(Index(document("get: {}")), [broken])]
