"""Every rule that reading and writing can report is on the page of findings, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from apispec.documents.problems import READING

REPOSITORY = Path(__file__).parent.parent.parent
PARTS = ("introspection", "rendering", "sources", "tools", "documents", "workflows")
_RULE = re.compile(r"[a-z]+(-[a-z]+)+")
_REPORTERS = {"Finding", "add", "report", "note", "_note", "_finding", "finding", "problem", "_problem", "tell"}


def reported() -> set[str]:
    """Rules in calls that report: a kebab-case text as an argument of a reporter."""
    found: set[str] = set()
    for part in PARTS:
        for path in (REPOSITORY / "apispec" / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    if name in _REPORTERS:
                        arguments = [*node.args, *(k.value for k in node.keywords if k.arg == "rule")]
                        for argument in arguments:
                            found |= {
                                c.value
                                for c in ast.walk(argument)
                                if isinstance(c, ast.Constant) and isinstance(c.value, str) and _RULE.fullmatch(c.value)
                            }
    return found


def test_the_page_lists_what_can_be_reported() -> None:
    page = (REPOSITORY / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    missing = reported() - READING.keys() - listed
    assert not missing, "what is wrong with a text is on the page of rules"
    source = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "apispec").rglob("*.py"))
    assert not [rule for rule in listed if f'"{rule}"' not in source], "nothing reports it"
