"""Waivers: changes that were agreed on, each with a reason and a day on which it expires.

A waiver file is TOML:

    [[waiver]]
    kind = "operation-removed"            # a kind; `*` and `?` as in file names
    subject = "DELETE /pets/{id}"         # optional: the operation, the schema, the field (schema Pet.owner.name)
    pointer = "/components/schemas/Pet"   # optional: where it stands, with all that is in it
    reason = "Nobody has called it since May."
    expires = 2026-12-31

A change of a schema that many operations use is one change, and its schema's waiver covers it in all of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

from apispec.changes.change import Change
from apispec.changes.kind import Level, kinds
from apispec.documents import FILES_KEY, join, split
from apispec.errors import ConfigError
from apispec.findings import Finding, Location, Severity
from apispec.rules import subject

_KEYS = ("kind", "subject", "pointer", "reason", "expires")


@dataclass(frozen=True)
class Waiver:
    """One agreed change."""

    kind: str
    reason: str
    expires: date
    """The last day on which it counts."""
    subject: str = "*"
    pointer: str = "*"
    where: str = ""
    """Its place in the file, for messages."""

    def covers(self, change: Change) -> bool:
        """Whether a change is the one that was agreed on: in all its operations, or in the schema or field it is in."""
        if not fnmatchcase(change.kind, self.kind):
            return False
        places = [_place(pointer) for pointer in (change.old, change.new)]
        if not any(fnmatchcase(place, self.pointer) or fnmatchcase(place, f"{self.pointer}/*") for place in places):
            return False
        if all(fnmatchcase(subject, self.subject) for subject in change.subjects or ("",)):
            return True
        if _is_in(change.where.replace("`", ""), self.subject):
            return True
        return any(_is_in(field, self.subject) for pointer in (change.old, change.new) for field in fields(pointer))


def _place(pointer: str) -> str:
    """A pointer as reports show it: of a file of its own from that file's start."""
    tokens = split(pointer)
    return join(tokens[2:]) if tokens[:1] == [FILES_KEY] else pointer


def fields(pointer: str) -> list[str]:
    """The schema that a place is in, and then its fields, outermost first: `schema Pet`, `schema Pet.owner`."""
    tokens = split(pointer)
    names = [subject(pointer)] if tokens[:2] == ["components", "schemas"] or tokens[:1] == ["definitions"] else []
    for before, token in pairwise(tokens):
        if names and before == "properties":
            names.append(f"{names[-1]}.{token}")
        elif names and token in ("items", "additionalProperties"):
            names.append(f"{names[-1]}[]" if token == "items" else f"{names[-1]}.*")
    return names


def _is_in(field: str, pattern: str) -> bool:
    return field == pattern or fnmatchcase(field, pattern.replace("[", "[[]"))


def read_waivers(text: str, file: str) -> list[Waiver]:
    """The waivers of a file.

    Raises:
        ConfigError: It is not TOML, a key is missing or unknown, or a kind does not exist.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"the waivers are not TOML: {error}", where=file) from None
    entries = data.get("waiver", [])
    if set(data) - {"waiver"} or not isinstance(entries, list):
        raise ConfigError("a waiver file has tables [[waiver]] only", where=file)
    return [_waiver(entry, f"{file}: waiver {number}") for number, entry in enumerate(entries, 1)]


def _waiver(entry: Any, where: str) -> Waiver:
    if not isinstance(entry, dict) or set(entry) - {*_KEYS}:
        unknown = ", ".join(sorted(set(entry) - {*_KEYS})) if isinstance(entry, dict) else "no table"
        raise ConfigError(f"unknown in a waiver: {unknown}", where=where, hint=f"keys: {', '.join(_KEYS)}")
    kind, reason = entry.get("kind"), entry.get("reason")
    about, pointer = entry.get("subject", "*"), entry.get("pointer", "*")
    if not isinstance(kind, str) or not any(fnmatchcase(name, kind) for name in kinds()):
        raise ConfigError(
            f"{kind!r} is no kind of change", where=where, hint="`apispec diff --list-kinds` names them all"
        )
    if not isinstance(reason, str) or not reason.strip():
        raise ConfigError("a waiver needs a reason", where=where)
    expires = entry.get("expires")
    if isinstance(expires, str):
        try:
            expires = date.fromisoformat(expires)
        except ValueError:
            raise ConfigError(f"{expires!r} is no date", where=where, hint="write expires = 2026-12-31") from None
    if isinstance(expires, datetime):
        expires = expires.date()
    if not isinstance(expires, date):
        raise ConfigError("a waiver needs a day on which it expires", where=where, hint="write expires = 2026-12-31")
    if not isinstance(about, str) or not isinstance(pointer, str):
        raise ConfigError("a waiver's subject and pointer are texts", where=where)
    return Waiver(kind, reason, expires, about, pointer.rpartition("#")[2].rstrip("/") or "*", where)


def apply(
    changes: Sequence[Change], waivers: Sequence[Waiver], today: date
) -> tuple[list[Change], list[Change], list[Finding]]:
    """Changes that count, changes that are waived, and what is wrong with the waivers: expired, or of no use."""
    valid = [waiver for waiver in waivers if waiver.expires >= today]
    counted, waived = [], []
    used: set[str] = set()
    for change in changes:
        waiver = next((w for w in valid if w.covers(change)), None) if change.level is not Level.SAFE else None
        if waiver is None:
            counted.append(change)
        else:
            waived.append(change)
            used.add(waiver.where)
    findings = []
    for waiver in waivers:
        place = Location(waiver.where.partition(":")[0])
        if waiver not in valid and any(waiver.covers(change) for change in counted):
            text = f"The waiver for {waiver.kind} expired on {waiver.expires}."
            findings.append(
                Finding("waiver-expired", Severity.WARNING, text, place, f"Its reason was: {waiver.reason}")
            )
        elif waiver.where not in used:
            text = f"The waiver for {waiver.kind} covers nothing."
            findings.append(Finding("waiver-unused", Severity.INFO, text, place, "Take it out."))
    return counted, waived, findings
