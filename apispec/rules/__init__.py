"""What good OpenAPI looks like, one small function per rule.

Here: the registry, the one walk (`index`), and the rules by subject. Not here: reading documents, the official schemas,
severities by configuration, baselines (`apispec.validation`). A new rule is a function in the module it belongs to,
declared with `@rule`; its docstring is its reference page and its test.
"""

from __future__ import annotations

from apispec.rules.index import Index, Node, subject
from apispec.rules.registry import GROUPS, Flaw, Level, Rule, rules
from apispec.rules.run import run

__all__ = ["GROUPS", "Flaw", "Index", "Level", "Node", "Rule", "rules", "run", "subject"]
