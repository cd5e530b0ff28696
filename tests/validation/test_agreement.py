"""Agreement with openapi-spec-validator: on the examples of all rules here, on real documents in `test_real_documents`."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.documents import from_data
from apispec.rules import Rule, rules
from apispec.rules.examples import document
from apispec.validation import check, reference, validate
from apispec.validation.generated import RULE

STRICTER = {
    "contradictory-bounds": "no value fits; the reference looks at single keywords",
    "discriminator-mapping-dangling": "the target must exist; the reference resolves `$ref` only",
    "equivalent-paths": "the specification forbids identical templates (4.8.8.2)",
    "invalid-component-name": "names are restricted (4.7.7); the schema of 3.0 lets others pass",
    "const-mismatch": "no value fits such a schema, as none fits a default that is refused",
    "endless-value": "no value fits such a schema",
    "example-given-twice": "3.0 says that `value` and `externalValue` exclude each other",
    "invalid-address": "the specification wants URLs and email addresses there",
    "items-missing": "3.0 says that `items` must be present",
    "scopes-without-oauth": "before 3.1 the list must be empty",
    "invalid-callback-expression": "keys are runtime expressions; the reference does not look into callbacks",
    "link-to-unknown-operation": "the operation must exist; the reference does not look into links",
    "malformed-path": "braces must delimit template expressions",
    "read-only-and-write-only": "3.0 says that both must not be true",
    "repeated-placeholder": "a template expression must not occur twice (3.2 says so, and one value cannot be two)",
    "server-variable-default": "the default must be among the values (from 3.1 on)",
    "server-variable-undeclared": "variables in a URL must be defined",
    "undefined-security-scheme": "the name must be that of a declared scheme",
}
"""Rules at level error that openapi-spec-validator lets pass, and why they are right."""


def errors(whole: dict[str, Any]) -> set[str]:
    known = {rule.id for rule in rules().values() if rule.group == "correctness" and rule.level == "error"} | {RULE}
    return {f.rule for f in validate([from_data(whole)]).findings if f.severity.value == "error" and f.rule in known}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
@pytest.mark.parametrize("example", ["wrong", "right"])
def test_the_examples_are_judged_alike(rule: Rule, example: str) -> None:
    whole = document(getattr(rule, example))
    found, theirs = errors(whole), list(reference.check(whole))
    if any("cannot follow this document" in message for _, message, _ in theirs):
        return  # it ends in a recursion, whatever the document says
    if found <= STRICTER.keys():
        assert theirs == [], "openapi-spec-validator refuses what we let pass"
    else:
        assert theirs, f"openapi-spec-validator lets pass what {found} refuse"
    assert bool(check(whole, thorough=False)) is bool(found)


def test_every_reason_is_still_needed() -> None:
    for name in STRICTER:
        whole = document(rules()[name].wrong)
        assert name in errors(whole)
        assert list(reference.check(whole)) == []
