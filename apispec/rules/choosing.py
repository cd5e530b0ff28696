"""Which rules run, at which level and with which options: presets, the table `[rules]`, rules of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from apispec.errors import ConfigError
from apispec.findings import Severity
from apispec.rules import presets as sets
from apispec.rules.registry import GROUPS, OWN, Level, Rule, rules

LEVELS: tuple[Level, ...] = get_args(Level)


def choose(
    settings: Mapping[str, Any], presets: Sequence[str] = (), own: Mapping[str, Rule] | None = None
) -> list[tuple[Rule, Severity]]:
    """The rules that run, with their severities.

    Args:
        settings: By rule or group: a level, or (for a rule) a table with `level` and the rule's options. A rule's own
            setting wins over its group's, and both over presets; a table without a level switches the rule on.
        presets: Names of presets.
        own: Rules besides ours.

    Raises:
        ConfigError: A setting names no rule or group, no level or no option, or a preset is none.
    """
    known = {**rules(), **(own or {})}
    for name, setting in settings.items():
        _check(name, setting, known)
    chosen = []
    for declared in known.values():
        rule = declared
        usual = sets.level(rule, presets)
        setting = settings.get(rule.id, settings.get(rule.group, usual) if usual != "off" else "off")
        if isinstance(setting, Mapping):
            options = {key: value for key, value in setting.items() if key != "level"}
            rule = declared.with_options(options)
            setting = setting.get("level", rule.severity.value if usual == "off" else usual)
        if setting != "off":
            chosen.append((rule, Severity(setting)))
    return chosen


def _check(name: str, setting: Any, known: Mapping[str, Rule]) -> None:
    if name not in known and name not in (*GROUPS, OWN):
        raise ConfigError(f"there is no rule {name!r}", hint=_meant(name, known))
    level = setting.get("level", "error") if isinstance(setting, Mapping) and name in known else setting
    if level not in LEVELS:
        raise ConfigError(f"{level!r} is no level for the rule {name!r}", hint="levels: error, warning, info, off")


def _meant(name: str, known: Mapping[str, Rule]) -> str:
    """What a name that is none of ours was meant to be: a rule of another tool, a slip."""
    from apispec.rules.foreign import counterpart

    tool, ours = counterpart(name)
    if ours:
        return f"{tool} calls it so; here it is {', '.join(ours)}"
    close = get_close_matches(name, known, 1)
    return (
        f"did you mean {close[0]}? `apispec validate --list-rules` names them all"
        if close
        else ("`apispec validate --list-rules` names them all")
    )
