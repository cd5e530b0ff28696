"""What the rules of other tools are called here, and their configuration read.

Here: one table per tool (`redocly`, `spectral`), and what is made of their configuration files (`importing`). A
rule that is new here needs one more line in the tables; a test holds that they name rules that there are.
"""

from __future__ import annotations

from apispec.rules.foreign import redocly, spectral


def counterparts() -> dict[str, dict[str, tuple[tuple[str, ...], str]]]:
    """Tool → its rule → our rules, and a remark."""
    tables = {"Redocly": redocly.RULES, "Spectral": spectral.RULES, "OWASP (Spectral)": spectral.OWASP}
    return {
        tool: {name: (tuple(ours.split()), remark) for name, (ours, _, remark) in table.items()}
        for tool, table in tables.items()
    }


def counterpart(name: str) -> tuple[str, tuple[str, ...]]:
    """Which tool calls a rule so, and what it is called here; nothing where none does."""
    for tool, table in counterparts().items():
        if name in table and table[name][0]:
            return tool, table[name][0]
    return "", ()
