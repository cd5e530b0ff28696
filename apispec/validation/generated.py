"""The check that every document apispec generates goes through before it is written."""

from __future__ import annotations

from typing import Any

from apispec.documents import Document, from_data
from apispec.findings import Finding, Severity
from apispec.rules import Index, rules, run
from apispec.validation import official, reference
from apispec.validation.versions import VERSIONS, version_of

RULE = "invalid-document"
"""The rule of findings about the form of a document."""

SMALL = 60
"""Path items up to which openapi-spec-validator judges; it takes 10 ms each, the official schemas take 20 µs."""


def check(document: dict[str, Any], *, thorough: bool | None = None) -> list[Finding]:
    """What makes a generated document invalid; nothing for a valid one.

    Args:
        document: The whole document, its references local.
        thorough: Whether openapi-spec-validator judges. None: up to `SMALL` path items; larger documents are judged by
            the official schemas and the rules on correctness, which the tests hold equal to it.
    """
    version = version_of(document)
    home = from_data(document)
    if version is None:
        return [invalid(home, "", "The document does not say which OpenAPI version it follows.", VERSION_HINT)]
    if thorough is None:
        paths = document.get("paths")
        thorough = not isinstance(paths, dict) or len(paths) <= SMALL
    problems = list(official.check(document, version))  # in plainer words than the reference's
    if thorough and not problems:
        problems = list(reference.check(document))
    elif not problems:
        errors = [rule for rule in rules().values() if rule.group == "correctness" and rule.level == "error"]
        found = run(Index(document), errors)
        return [Finding(rule.id, Severity.ERROR, text, home.locate(place), hint) for rule, place, text, hint in found]
    return [invalid(home, *problem) for problem in problems]


VERSION_HINT = f"Write `openapi: {VERSIONS[-2]}.0` (or {VERSIONS[1]}.x, {VERSIONS[-1]}.x)."


def invalid(home: Document, pointer: str, message: str, hint: str = "") -> Finding:
    """The finding that says a document's form is wrong."""
    return Finding(RULE, Severity.ERROR, message, home.locate(pointer), hint)
