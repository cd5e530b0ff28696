"""Every rule that any command can report is on the page of findings, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from apispec.changes import kinds
from apispec.documents.problems import READING
from apispec.rules import rules

REPOSITORY = Path(__file__).parent.parent.parent
_RULE = re.compile(r"[a-z]+(-[a-z]+)+")
_REPORTERS = {"Finding", "add", "report", "note", "_note", "_finding", "finding", "problem", "_problem", "tell"}


def reported() -> set[str]:
    """Rules in calls that report: a kebab-case text as an argument of a reporter."""
    found: set[str] = set()
    for path in (REPOSITORY / "apispec").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in _REPORTERS:
                    for argument in [*node.args[:2], *(k.value for k in node.keywords if k.arg == "rule")]:
                        found |= {
                            c.value
                            for c in ast.walk(argument)
                            if isinstance(c, ast.Constant) and isinstance(c.value, str) and _RULE.fullmatch(c.value)
                        }
    return found


def test_the_page_lists_what_can_be_reported() -> None:
    page = (REPOSITORY / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    elsewhere = READING.keys() | rules().keys() | kinds().keys()
    missing = reported() - elsewhere - listed
    assert not missing, "what is wrong with a text is on the page of rules"
    source = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "apispec").rglob("*.py"))
    assert not [rule for rule in listed if f'"{rule}"' not in source], "nothing reports it"
