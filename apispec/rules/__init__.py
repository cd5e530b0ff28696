"""What good OpenAPI looks like, one small function per rule.

Here: the registry, the one walk (`index`), and the rules by subject. Not here: reading documents, the official schemas,
baselines (`apispec.validation`). A new rule is a function in the module it belongs to, declared with `@rule`; its
docstring is its reference page and its test. Which rules run is said by presets (`presets`) and configuration
(`choosing`), which may declare rules of its own (`assertions`); `foreign` knows what other tools call them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.rules.assertions import declared as declared
    from apispec.rules.choosing import choose as choose
    from apispec.rules.examples import flaws_of_examples as flaws_of_examples
    from apispec.rules.foreign import counterparts as counterparts
    from apispec.rules.foreign.importing import as_toml as as_toml
    from apispec.rules.foreign.importing import imported as imported
    from apispec.rules.formats import FORMATS as FORMATS
    from apispec.rules.formats import FREE as FREE
    from apispec.rules.index import Index as Index
    from apispec.rules.index import Node as Node
    from apispec.rules.index import placeholders as placeholders
    from apispec.rules.index import subject as subject
    from apispec.rules.patterns import is_pattern as is_pattern
    from apispec.rules.presets import PRESETS as PRESETS
    from apispec.rules.registry import GROUPS as GROUPS
    from apispec.rules.registry import OWN as OWN
    from apispec.rules.registry import Flaw as Flaw
    from apispec.rules.registry import Level as Level
    from apispec.rules.registry import Rule as Rule
    from apispec.rules.registry import flaw as flaw
    from apispec.rules.registry import installed as installed
    from apispec.rules.registry import rule as rule
    from apispec.rules.registry import rules as rules
    from apispec.rules.running import run as run
else:
    __all__, __getattr__ = exports(
        __name__,
        patterns="is_pattern",
        assertions="declared",
        choosing="choose",
        examples="flaws_of_examples",
        formats="FORMATS FREE",
        foreign="counterparts",
        index="Index Node placeholders subject",
        presets="PRESETS",
        registry="Flaw GROUPS Level OWN Rule flaw installed rule rules",
        running="run",
        **{"foreign.importing": "as_toml imported"},
    )
