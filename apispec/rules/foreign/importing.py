"""Configuration files of other tools, read: which of their rules there are here, and the configuration to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apispec.documents import load
from apispec.errors import ConfigError
from apispec.rules.foreign import redocly, spectral
from apispec.rules.foreign.converting import UnknownError, from_redocly, from_spectral
from apispec.rules.registry import Level, rules

_LETTERS: dict[str, Level] = {"e": "error", "w": "warning", "i": "info", "-": "off"}
_WORST = ("off", "info", "warning", "error")


@dataclass(frozen=True)
class Row:
    """One rule of theirs."""

    name: str
    level: str
    ours: tuple[str, ...]
    """Rules here; empty where there are none."""
    remark: str = ""


@dataclass
class Imported:
    """What a configuration file of another tool means here."""

    tool: str
    file: str
    rows: list[Row] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    """The table `[rules]`."""
    assertions: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The table `[assertions]`."""
    remarks: list[str] = field(default_factory=list)
    """What was not read."""
    aliases: dict[str, Any] = field(default_factory=dict)
    """Paths that the file itself names."""


def imported(file: str) -> Imported:
    """Read `.redocly.yaml` or `.spectral.yaml`, and the files beside it that it extends.

    Raises:
        ConfigError: It is no configuration of either.
        DocumentError: It cannot be read.
    """
    data = _yaml(file)
    lint = data.get("lint", data.get("styleguide"))
    data = {**data, **lint} if isinstance(lint, Mapping) else data
    extends = _names(data.get("extends"))
    own = data.get("rules")
    is_spectral = (
        "spectral" in Path(file).name.lower()
        or any("spectral" in str(one) for one, _ in extends)
        or any(
            isinstance(rule, Mapping) and "given" in rule for rule in (own.values() if isinstance(own, Mapping) else ())
        )
    )
    if not is_spectral and not ("rules" in data or extends or "apis" in data):
        raise ConfigError(
            "this is no configuration of Redocly or Spectral", where=file, hint="name a .redocly.yaml or .spectral.yaml"
        )
    if own is not None and not isinstance(own, Mapping):
        raise ConfigError("`rules` is no table", where=file, hint="write a rule's name and its level")
    found = Imported("Spectral" if is_spectral else "Redocly", file)
    chosen: dict[str, Any] = {}
    _collect(file, data, found, chosen, is_spectral, 0)
    for name, setting in chosen.items():
        _take(found, name, setting, is_spectral)
    return found


def _yaml(file: str) -> dict[str, Any]:
    if Path(file).suffix in (".js", ".mjs", ".cjs", ".ts"):
        raise ConfigError("this is a program, which is not run", where=file, hint="write its rules as YAML")
    data = load(file).required()
    if not isinstance(data, dict):
        raise ConfigError("this is no table of rules", where=file)
    return data


def _names(extends: Any) -> list[tuple[str, str]]:
    """What is extended, with Spectral's mode: `recommended`, `all` or `off`."""
    found = []
    for one in extends if isinstance(extends, list) else [extends] if extends else []:
        if isinstance(one, list) and one:
            found.append((str(one[0]), str(one[1]) if len(one) > 1 else "recommended"))
        else:
            found.append((str(one), "recommended"))
    return found


def _collect(
    file: str, data: Mapping[str, Any], found: Imported, chosen: dict[str, Any], is_spectral: bool, depth: int
) -> None:
    """What each rule is set to, in the order in which one setting hides the other."""
    for name, mode in _names(data.get("extends")):
        beside = Path(file).parent / name
        if is_spectral and name == "spectral:oas":
            chosen.update({rule: _spectral_level(row[1], mode) for rule, row in spectral.RULES.items()})
        elif is_spectral and "owasp" in name:
            chosen.update({rule: _LETTERS[row[1]] for rule, row in spectral.OWASP.items()})
        elif not is_spectral and name in redocly.PRESETS:
            at = redocly.PRESETS.index(name)
            chosen.update({rule: _LETTERS[row[1][at]] for rule, row in redocly.RULES.items()})
        elif depth < 10 and "://" not in name and beside.is_file() and beside.suffix in (".yaml", ".yml", ".json"):
            _collect(str(beside), _yaml(str(beside)), found, chosen, is_spectral, depth + 1)
        else:
            found.remarks.append(f"extends {name}: not read")
    aliases = data.get("aliases")
    found.aliases.update(aliases if isinstance(aliases, Mapping) else {})
    for key in ("rules", "oas2Rules", "oas3_0Rules", "oas3_1Rules", "oas3_2Rules"):
        own = data.get(key)
        chosen.update(own if isinstance(own, Mapping) else {})
    for key in ("plugins", "overrides", "functions", "preprocessors", "decorators"):
        if data.get(key):
            found.remarks.append(f"{key}: not read; rules in Python are an entry point of the group apispec.rules")
    for name, api in (data.get("apis") or {}).items() if isinstance(data.get("apis"), Mapping) else ():
        if isinstance(api, Mapping) and api.get("rules"):
            found.remarks.append(f"apis.{name}.rules: not read; rules are set for all documents here")


def _spectral_level(letter: str, mode: str) -> Level:
    if mode == "off":
        return "off"
    return "warning" if mode == "all" and letter == "-" else _LETTERS[letter]


def _take(found: Imported, name: str, setting: Any, is_spectral: bool) -> None:
    """One rule of theirs: into the settings, the assertions, or the remarks."""
    tables = {**spectral.RULES, **spectral.OWASP} if is_spectral else redocly.RULES
    if name in tables and not (is_spectral and isinstance(setting, Mapping) and "given" in setting):
        ours, _, remark = tables[name]
        level, options = _setting(setting, tables[name][1], is_spectral)
        found.rows.append(Row(name, level, tuple(ours.split()), remark))
        for rule in ours.split():
            _set(found.settings, rule, level, options)
        return
    level, _ = _setting(setting, "w", is_spectral)
    if not isinstance(setting, Mapping):
        found.rows.append(Row(name, level, (), "" if level == "off" else "a rule of a plugin, or unknown"))
        return
    try:
        own = from_spectral(name, setting, found.aliases) if is_spectral else from_redocly(name, setting)
    except UnknownError as error:
        found.rows.append(Row(name, level, (), f"cannot be written as an assertion: {error}"))
        return
    for key, table in own.items():
        found.assertions[key] = {**table, "level": level}
    found.rows.append(Row(name, level, tuple(own), "an assertion"))


def _setting(setting: Any, letter: str, is_spectral: bool) -> tuple[Level, dict[str, Any]]:
    options: dict[str, Any] = {}
    if isinstance(setting, Mapping):
        options = {key: value for key, value in setting.items() if key not in ("severity", "message")}
        setting = setting.get("severity", "warn" if is_spectral else "error")
    if setting is True or setting in ("on", "true"):
        return (_LETTERS[letter] if letter in "ewi" else "warning"), {}
    if setting is False:
        return "off", {}
    level: Any = spectral.LEVELS.get(setting, setting) if isinstance(setting, str | int) else setting
    return (level if level in _WORST else "warning"), options


def _set(settings: dict[str, Any], rule: str, level: Level, options: Mapping[str, Any]) -> None:
    """Set one rule of ours, where it is one that can be set; the highest level of several wins."""
    known = rules().get(rule)
    if known is None:
        return
    before = settings.get(rule, "off")
    before = before["level"] if isinstance(before, dict) else before
    level = max(level, before, key=_WORST.index)
    named = {redocly.OPTIONS.get(key, key): value for key, value in options.items()}
    fitting = {key: value for key, value in named.items() if key in known.options}
    settings[rule] = {"level": level, **fitting} if fitting else level


def as_toml(found: Imported) -> str:
    """The configuration to paste into pyproject.toml; what has no counterpart is a comment."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Imported) -> Iterator[str]:
    from apispec.config import written

    active = [row for row in found.rows if row.level != "off"]
    have = [row for row in active if row.ours]
    yield f"# {found.file}: {len(have)} of the {len(active)} rules that {found.tool} runs have a counterpart here."
    for row in active:
        if not row.ours:
            yield _comment(f"no counterpart: {row.name}{': ' if row.remark else ''}{row.remark}")
    yield from (_comment(remark) for remark in found.remarks)
    yield ""
    yield "[tool.apispec.rules]"
    theirs: dict[str, list[str]] = {}
    for row in found.rows:
        for rule in row.ours:
            theirs.setdefault(rule, []).append(row.name)
    for rule, setting in sorted(found.settings.items()):
        same = "  (the default)" if setting == rules()[rule].level else ""
        yield f"{rule} = {written(setting)}  # {_plain(', '.join(theirs[rule]))}{same}"
    always = sorted(
        {rule for row in active for rule in row.ours if rule not in rules() and rule not in found.assertions}
    )
    if always:
        yield _comment(f"always errors: {', '.join(always)}")
    for name, table in found.assertions.items():
        yield ""
        yield f"[tool.apispec.assertions.{written(name)}]"
        yield from (f"{key} = {written(value)}" for key, value in table.items())


def _comment(words: str) -> str:
    return f"# {_plain(words)}"


def _plain(words: str) -> str:
    """Text of a file in one line, without characters that comments may not have."""
    return "".join(c if c.isprintable() else " " for c in " ".join(words.split()))
