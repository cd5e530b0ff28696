"""Rules that configuration declares: of which objects, which property, what must hold.

[assertions.short-summary]
subject = "operation"
property = "summary"
max-length = 80
where = [{ subject = "path-item", not-keys = ["/internal/*"] }]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from apispec.documents import GRAMMAR, LIST, MISSING, ONE, REFERABLE
from apispec.errors import ConfigError
from apispec.rules.index import Index, Node
from apispec.rules.predicates import PREDICATES, check_setting
from apispec.rules.registry import OWN, Flaw, Rule, flaw, rules

_ABOUT = ("subject", "property", "keys", "not-keys", "where", "level", "message", "hint", "why", "wrong", "right")
_CONDITION = ("subject", "property", "keys", "not-keys")

_SPELLING = ("pattern", "not-pattern", "casing", "enum")
"""Predicates that judge the keys of an object one by one, each at its place."""

SHORT = {
    "paths": "document/paths", "webhooks": "document/webhooks", "responses": "operation/responses",
    "content": "response/content", "schemas": "components/schemas", "named-schema": "components/schemas",
}  # fmt: skip
"""Shorter names of what holds objects by name."""


def kinds() -> frozenset[str]:
    """What an assertion can be about: kinds of objects."""
    return frozenset(
        {*GRAMMAR, "callback", "example", *(kind for keys in GRAMMAR.values() for kind, _ in keys.values())}
    )


@dataclass(frozen=True)
class _Part:
    """Which objects, and what must hold for them: a rule's own part, or one of its conditions."""

    subjects: tuple[tuple[str, str], ...]
    """Kind of object, and the key of it that is meant; empty for the object itself."""
    properties: tuple[str, ...]
    keys: tuple[str, ...]
    not_keys: tuple[str, ...]
    holds: tuple[tuple[str, Any], ...]

    def takes(self, node: Node) -> bool:
        """Whether a node is one of these, by its name."""
        name = node.path if node.kind == "path-item" and node.path else node.name
        if self.keys and not any(fnmatchcase(name, pattern) for pattern in self.keys):
            return False
        return not any(fnmatchcase(name, pattern) for pattern in self.not_keys)

    def flaws(self, node: Node, key: str, index: Index) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Property, what is wrong with it, and where below the node."""
        value = node.value.get(key, MISSING) if key else node.value
        base = (key,) if key else ()
        if key and value is MISSING and not self.properties:
            return
        for name in self.properties or ("",):
            one, at = _property(value, name) if name else (value, ())
            judged = one if any(predicate == "ref" for predicate, _ in self.holds) else index.resolve(one)
            place = (*base, *(at if one is not MISSING else ()))
            for predicate, setting in self.holds:
                by_key = judged if isinstance(judged, dict) and predicate in _SPELLING else None
                for inner in by_key if by_key is not None else (None,):
                    for problem in PREDICATES[predicate][0](judged if inner is None else [inner], setting):
                        yield name or key or node.kind, problem, place if inner is None else (*place, inner)


def _property(value: Any, name: str) -> tuple[Any, tuple[str, ...]]:
    """A property by its name, or by a path with dots."""
    if not isinstance(value, dict):
        return MISSING, ()
    if name in value or "." not in name:
        return value.get(name, MISSING), (name,)
    at: tuple[str, ...] = ()
    for step in name.split("."):
        value = value.get(step, MISSING) if isinstance(value, dict) else MISSING
        at += (step,)
    return value, at


def declared(table: Mapping[str, Any]) -> dict[str, Rule]:
    """The rules of the table `[assertions]`, by name.

    Raises:
        ConfigError: A name is taken, or an assertion says what is not understood.
    """
    return {name: _rule(name, setting, f"assertions.{name}") for name, setting in table.items()}


def _rule(name: str, setting: Any, where: str) -> Rule:
    if not isinstance(setting, Mapping):
        raise ConfigError(f"an assertion is a table, not {setting!r}", where=where)
    if name in rules():
        raise ConfigError(f"there is a rule {name!r} already", where=where, hint="call it otherwise")
    if not re.fullmatch(r"[A-Za-z][\w./-]*", name):
        raise ConfigError("names have letters, digits and - _ . /", where=where)
    part = _part(setting, where, (*_ABOUT, *PREDICATES))
    if not part.holds:
        raise ConfigError("nothing is asserted", where=where, hint=f"one of {', '.join(PREDICATES)}")
    given = setting.get("where", ())
    if not isinstance(given, list) and given != ():
        given = [given]
    conditions = [_part(one, f"{where}.where", (*_CONDITION, *PREDICATES)) for one in given]
    level = setting.get("level", "warning")
    if level not in ("error", "warning", "info", "off"):
        raise ConfigError(f"{level!r} is no level", where=where, hint="levels: error, warning, info, off")
    words = {key: setting.get(key, "") for key in ("message", "hint", "why", "wrong", "right")}
    for key, value in words.items():
        if not isinstance(value, str):
            raise ConfigError(f"`{key}` must be a text, not {value!r}", where=where)
    asserts_references = any(predicate == "ref" for predicate, _ in part.holds)

    def check(document: Node, index: Index) -> Iterator[Flaw]:
        for kind, key in part.subjects:
            for node in index.by_kind[kind]:
                if "$ref" in node.value and not asserts_references and _is_reference(node, index):
                    continue
                if part.takes(node) and all(_holds(condition, node, index) for condition in conditions):
                    for prop, problem, at in part.flaws(node, key, index):
                        said = _message(words["message"], prop, problem, node)
                        yield flaw(said, *at, hint=words["hint"], node=node)

    title = _plain(words["message"]) or f"{name}: {_summary(part)}."
    about = (
        title,
        words["why"] or "A rule that this project's configuration declares.",
        words["wrong"],
        words["right"],
    )
    return Rule(name, OWN, level, "document", (), (), check, about)


def _plain(message: str) -> str:
    return message if message and "{" not in message else ""


def _summary(part: _Part) -> str:
    subjects = ", ".join("/".join(filter(None, one)) for one in part.subjects)
    holds = ", ".join(f"{name} {setting}" for name, setting in part.holds)
    return f"{subjects} {' '.join(part.properties)}: {holds}".replace(" :", ":")


def _is_reference(node: Node, index: Index) -> bool:
    """Whether a node is nothing but a reference to what is judged elsewhere."""
    if node.kind == "schema":
        return index.version in ("2.0", "3.0")
    return node.kind in REFERABLE and node.kind != "path-item"


def _holds(condition: _Part, node: Node, index: Index) -> bool:
    """Whether the object, or the nearest one around it of the condition's kind, is as the condition says."""
    for kind, key in condition.subjects:
        around = next((one for one in (node, *node.parents) if one.kind == kind), None)
        if around is not None and around.kind == "path-item" and around.home is not None:
            around = around.home
        if around is None:
            continue
        return condition.takes(around) and not any(condition.flaws(around, key, index))
    return False


def _message(template: str, prop: str, problem: str, node: Node) -> str:
    if not template:
        if problem.startswith(("'", '"')):
            return f"{prop[:1].upper()}{prop[1:]}: {problem}."
        return f"{prop} of the {node.kind.replace('-', ' ')} {problem}." if prop != node.kind else f"It {problem}."
    for name, value in (("problem", problem), ("property", prop), ("subject", node.kind), ("name", node.name)):
        template = template.replace(f"{{{name}}}", value)
    return template


def _part(setting: Any, where: str, known: tuple[str, ...]) -> _Part:
    if not isinstance(setting, Mapping):
        raise ConfigError(f"this must be a table, not {setting!r}", where=where)
    for key in setting:
        if key not in known:
            close = get_close_matches(str(key), known, 1, 0.5)
            hint = f"did you mean `{close[0]}`?" if close else f"known: {', '.join(known)}"
            raise ConfigError(f"an assertion has no key {key!r}", where=where, hint=hint)
    if not setting.get("subject"):
        raise ConfigError("an assertion needs a `subject`", where=where, hint=f"one of {', '.join(sorted(kinds()))}")
    holds = tuple((name, setting[name]) for name in PREDICATES if name in setting)
    for name, value in holds:
        check_setting(name, value, where)
    subjects = tuple(_subject(one, where) for one in _list(setting, "subject", where))
    properties, keys, others = (_list(setting, key, where) for key in ("property", "keys", "not-keys"))
    return _Part(subjects, properties, keys, others, holds)


def _list(setting: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = setting.get(key, [])
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ConfigError(f"`{key}` must be a text or a list of texts, not {value!r}", where=where)
    return tuple(value)


def _subject(written: str, where: str) -> tuple[str, str]:
    kind, _, key = SHORT.get(written, written).partition("/")
    if kind not in kinds():
        close = get_close_matches(kind, [*kinds(), *SHORT], 1, 0.5)
        hint = f"did you mean {close[0]}? " if close else ""
        raise ConfigError(f"{written!r} is no subject", where=where, hint=f"{hint}known: {', '.join(sorted(kinds()))}")
    if key and kind in GRAMMAR and key not in GRAMMAR[kind]:
        holders = ", ".join(f"{kind}/{name}" for name, (_, shape) in GRAMMAR[kind].items() if shape not in (ONE, LIST))
        raise ConfigError(f"{written!r} is no subject", where=where, hint=f"known: {holders}" if holders else "")
    return kind, key
