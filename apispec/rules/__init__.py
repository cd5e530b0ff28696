"""What good OpenAPI looks like, one small function per rule.

Here: the registry, the one walk (`index`), and the rules by subject. Not here: reading documents, the official schemas,
severities by configuration, baselines (`apispec.validation`). A new rule is a function in the module it belongs to,
declared with `@rule`; its docstring is its reference page and its test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.rules.index import Index as Index
    from apispec.rules.index import Node as Node
    from apispec.rules.index import placeholders as placeholders
    from apispec.rules.index import subject as subject
    from apispec.rules.registry import GROUPS as GROUPS
    from apispec.rules.registry import Flaw as Flaw
    from apispec.rules.registry import Level as Level
    from apispec.rules.registry import Rule as Rule
    from apispec.rules.registry import rules as rules
    from apispec.rules.running import run as run
    from apispec.rules.schemas import is_pattern as is_pattern
else:
    __all__, __getattr__ = exports(
        __name__,
        index="Index Node placeholders subject",
        registry="Flaw GROUPS Level Rule rules",
        running="run",
        schemas="is_pattern",
    )
