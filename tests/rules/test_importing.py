"""Configuration of other tools, read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from apispec.errors import ConfigError
from apispec.rules import as_toml, choose, counterparts, declared, imported, rules

_ELSEWHERE = {"invalid-document", "dangling-reference"}


def test_tables_name_rules_that_there_are() -> None:
    named = {rule for table in counterparts().values() for ours, _ in table.values() for rule in ours}
    assert named - rules().keys() <= _ELSEWHERE
    assert all(ours or remark for table in counterparts().values() for ours, remark in table.values())


def toml(path: Path, name: str, text: str) -> dict[str, Any]:
    (path / name).write_text(text, encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(as_toml(imported(str(path / name))))["tool"]["apispec"]
    choose(table["rules"], (), declared(table.get("assertions", {})))
    return table


def test_redocly(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("rules: {tag-description: error, info-contact: warn}\n", encoding="utf-8")
    table = toml(
        tmp_path, ".redocly.yaml",
        """
extends: [recommended, ./base.yaml]
apis: {main: {root: openapi.yaml}}
rules:
  info-contact: error
  no-unused-components: off
  boolean-parameter-prefixes: {severity: error, prefixes: [is, must]}
  operation-4xx-problem-details-rfc7807: warn
  company/own: error
  rule/summary-short:
    subject: {type: Operation, property: summary, filterInParentKeys: [get]}
    assertions: {maxLength: 80, pattern: "/^[A-Z]/"}
    where: [{subject: {type: PathItem}, assertions: {defined: true}}]
    message: "Summary {{problems}}"
    severity: warn
  rule/custom: {subject: {type: Operation}, assertions: {local/check: {}}}
theme: {openapi: {}}
""",
    )  # fmt: skip
    assert table["rules"]["contact-missing"] == "error"
    assert table["rules"]["tag-description-missing"] == "error"
    assert table["rules"]["unused-component"] == "off"
    assert table["rules"]["no-server-example-com"] == "warning"
    assert table["rules"]["boolean-parameter-prefixes"] == {"level": "error", "prefixes": ["is", "must"]}
    assert table["assertions"]["summary-short"] == {
        "subject": "operation", "property": "summary", "keys": ["get"], "max-length": 80, "pattern": "^[A-Z]",
        "where": [{"subject": "path-item", "defined": True}], "message": "Summary {problem}", "level": "warning",
    }  # fmt: skip
    text = as_toml(imported(str(tmp_path / ".redocly.yaml")))
    assert "# no counterpart: company/own" in text
    assert "# no counterpart: rule/custom: cannot be written as an assertion: the assertion 'local/check'" in text


def test_spectral(tmp_path: Path) -> None:
    table = toml(
        tmp_path, ".spectral.yaml",
        """
extends: [[spectral:oas, all], "@stoplight/spectral-owasp-ruleset"]
rules:
  operation-tags: off
  info-contact: hint
  contact-properties: true
  "owasp:api4:2023-rate-limit": false
  paths-kebab:
    message: "{{property}} must be kebab-case"
    severity: error
    given: $.paths[*]~
    then: {function: pattern, functionOptions: {match: "^(/[a-z0-9-.{}]+)+$"}}
  names: {given: "$.components.schemas[*]", then: [{field: "@key", function: casing, functionOptions: {type: pascal}}]}
  deep: {given: "$..x[?(@.a)]", then: {function: truthy}}
""",
    )  # fmt: skip
    assert table["rules"]["operation-without-tag"] == "off"
    assert table["rules"]["contact-missing"] == "info"
    assert table["rules"]["contact-properties"] == "warning"
    assert table["rules"]["rate-limit-headers-missing"] == "off"
    assert table["rules"]["no-numeric-ids"] == "error"
    assert table["assertions"]["paths-kebab"]["subject"] == "document/paths"
    assert table["assertions"]["names"] == {
        "subject": "components/schemas", "casing": "PascalCase", "level": "warning",
    }  # fmt: skip
    assert "deep: cannot be written as an assertion" in as_toml(imported(str(tmp_path / ".spectral.yaml")))


@pytest.mark.parametrize(
    ("name", "text"), [("a.yaml", "a: 1"), (".spectral.js", "x"), (".redocly.yaml", "[]"), ("a.yaml", "rules: []")]
)
def test_what_is_no_configuration_is_an_error(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        imported(str(tmp_path / name))


def test_spectral_names_paths_and_methods_of_its_own(tmp_path: Path) -> None:
    table = toml(
        tmp_path, "rules.yaml",
        """
aliases: {Info: ["$.info"], Both: {targets: [{given: $.info}]}}
rules:
  title: {given: "#Info", then: {field: title, function: truthy}}
  writes: {given: "$.paths[*][post, 'put']", then: {field: summary, function: truthy}}
  other: {given: "#Both", then: {function: truthy}}
  paths-kebab-case: {given: "$.paths[*]~", then: {function: pattern, functionOptions: {match: "^/"}}}
  broken: [1, {a: b}]
""",
    )  # fmt: skip
    assert table["assertions"]["title"]["subject"] == "info"
    assert (table["assertions"]["writes"]["subject"], table["assertions"]["writes"]["keys"]) == (
        "operation", ["post", "put"],
    )  # fmt: skip
    assert table["assertions"]["own-paths-kebab-case"]["pattern"] == "^/"
    assert {"other", "broken"}.isdisjoint(table["assertions"])


def test_empty_rules_are_none(tmp_path: Path) -> None:
    assert toml(tmp_path, ".redocly.yaml", "extends: [recommended]\nrules:\n")["rules"]
    with pytest.raises(ConfigError, match="needs a `subject`"):
        declared({"x": {"subject": [], "defined": True}})
