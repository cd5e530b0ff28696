"""One run over documents: reading problems, form, rules; settings and silencing; what stays is the report."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from apispec.documents import (
    FILES_KEY,
    LIMITS,
    MISSING,
    Document,
    Limits,
    as_written,
    inlined,
    join,
    kin,
    load,
    misplaced,
    split,
    step,
)
from apispec.findings import Finding, Severity, sort_key
from apispec.reports import Report, RuleInfo
from apispec.rules import GROUPS, OWN, Index, Rule, choose, rules, subject
from apispec.rules import run as run_rules
from apispec.validation import official, reference
from apispec.validation.baseline import Baseline
from apispec.validation.coverage import Coverage, measure
from apispec.validation.generated import RULE, VERSION_HINT, invalid
from apispec.validation.versions import version_of

IGNORE_KEY = "x-apispec-ignore"
"""In a document: a rule's id, a list of them, or true for all; counts for the object and everything in it."""


@dataclass(frozen=True)
class Options:
    """Settings of a run."""

    levels: Mapping[str, Any] = field(default_factory=dict)
    """Level by rule or group, or a rule's options, see `apispec.rules.choose`."""
    presets: Sequence[str] = ()
    own: Mapping[str, Rule] = field(default_factory=dict)
    """Rules besides ours, by id."""
    baseline: Baseline | None = None
    """Findings that are known and left out."""
    allow_remote: bool = False
    """Whether references may be fetched from the network."""
    limits: Limits = LIMITS


@dataclass(frozen=True)
class Validation:
    """What a run found."""

    findings: tuple[Finding, ...]
    """New findings, by place."""
    files: tuple[str, ...]
    """The documents that were looked at."""
    known: int = 0
    """Findings that the baseline hides."""
    ignored: int = 0
    """Findings that `x-apispec-ignore` hides."""
    coverage: Coverage = field(default_factory=Coverage)
    """How much of the documents is described."""
    everything: tuple[Finding, ...] = ()
    """All findings, with those that the baseline hides."""
    own: Mapping[str, Rule] = field(default_factory=dict)
    """Rules besides ours, by id."""
    old: int = 0
    """Findings that are left out because they were there before, on lines that are as they were."""
    remarks: tuple[str, ...] = ()
    """What a reader should know about what the documents were compared with."""

    def baseline(self, file: str) -> Baseline:
        """The baseline that would hide all findings, for `--update-baseline`, to be written to a file."""
        return Baseline.of(self.everything, file)

    def report(self) -> Report:
        """As `apispec.reports` takes it."""
        notes = [f"Documentation coverage: {self.coverage.percent:.1f} %."] if self.coverage.total.total() else []
        if self.known:
            notes.append(f"{self.known} known from the baseline.")
        if self.old:
            notes.append(f"{self.old} as before, on lines that did not change.")
        notes += self.remarks
        if self.ignored:
            notes.append(f"{self.ignored} silenced by {IGNORE_KEY}.")
        infos = {rule.id: RuleInfo(rule.title, rule.why) for rule in (*rules().values(), *self.own.values())}
        facts = {
            "coverage": round(self.coverage.percent, 1),
            "known": self.known,
            "ignored": self.ignored,
            "old": self.old,
        }
        return Report(self.findings, rules=infos, files=self.files, notes=notes, facts=facts)


def validate(sources: Iterable[str | Path | Document], options: Options | None = None) -> Validation:
    """Judge documents.

    Args:
        sources: Files, or documents that are read already.
        options: Settings.

    Raises:
        ConfigError: A setting names no rule, or no level.
        DocumentError: A file is not there or may not be read.
    """
    options = options or Options()
    chosen = choose(options.levels, options.presets, options.own)
    known_rules = {**rules(), **options.own}
    findings: list[Finding] = []
    files: list[str] = []
    coverage = Coverage()
    ignored = 0
    used: set[tuple[str, str]] = set()
    for source in sources:
        document = source if isinstance(source, Document) else _load(source, options)
        files.append(document.file)
        index, found = _judge(document, chosen, known_rules)
        used |= _used_elsewhere(index) if index else set()
        kept = [finding for finding in found if not _is_ignored(finding, document, known_rules)]
        ignored += len(found) - len(kept)
        findings += kept
        coverage += measure(index) if index else Coverage()
    findings = sorted(dict.fromkeys(f for f in findings if not (used and _is_used(f, used))), key=sort_key)
    known = options.baseline.known(findings) if options.baseline else frozenset()
    fresh = tuple(finding for position, finding in enumerate(findings) if position not in known)
    return Validation(fresh, tuple(files), len(known), ignored, coverage, tuple(findings), options.own)


def _used_elsewhere(index: Index) -> set[tuple[str, str]]:
    """The components of other files that a document refers to: file and pointer."""
    places = [split(pointer) for pointer in index.referred if pointer.startswith(f"/{FILES_KEY}/")]
    return {(os.path.abspath(tokens[1]), join(tokens[2:5])) for tokens in places}  # noqa: PTH100 - by name alone


def _is_used(finding: Finding, used: set[tuple[str, str]]) -> bool:
    """Whether a finding calls a component unused that another document of the run uses."""
    place = finding.location
    return finding.rule == "unused-component" and (os.path.abspath(place.file), place.pointer) in used  # noqa: PTH100


def errors(document: Document, *, thorough: bool = False) -> list[Finding]:
    """What makes a document invalid: what `validate` calls errors, whatever the user's settings are.

    Args:
        document: As it was read, so that the findings have their places.
        thorough: Whether openapi-spec-validator judges too, where we find nothing.
    """
    chosen = [pair for pair in choose({}) if pair[0].group == "correctness" and pair[1] is Severity.ERROR]
    index, judged = _judge(document, chosen, rules())
    found = [f for f in judged if f.severity is Severity.ERROR]
    if thorough and index is not None and not found:
        found = [invalid(document, *problem) for problem in reference.check(document.data)]
    return [f for f in found if not _is_ignored(f, document, rules())]


def _load(path: str | Path, options: Options) -> Document:
    return load(path, allow_remote=options.allow_remote, limits=options.limits)


def _judge(
    document: Document, chosen: list[tuple[Rule, Severity]], known: Mapping[str, Rule]
) -> tuple[Index | None, list[Finding]]:
    """All findings of one document, and its index where it could be walked."""
    found = list(document.findings)
    if not document.readable:
        return None, found
    version = version_of(document.data)
    if version is None:
        return None, [*found, _no_version(document)]
    odd = misplaced(document.data)
    form = [(join((*site.place, "$ref")), _MISPLACED, _BUNDLE) for site in odd]
    data = inlined(document.data) if odd else document.data
    form += official.check(data, version)
    index = Index(data)
    for root in index.roots:
        if _is_reference(root.value, version):
            continue  # one more step: what it leads to is looked at
        form += [(root.pointer + pointer, *words) for pointer, *words in official.check(root.value, version, root.kind)]  # type: ignore[misc]
    found += [_located(invalid(document, *problem), problem[0]) for problem in form]
    severities = {rule.id: severity for rule, severity in chosen}
    wrong_places = tuple(problem[0] for problem in form)
    for rule, pointer, message, hint in run_rules(index, [rule for rule, _ in chosen], tolerant=bool(form)):
        if pointer in wrong_places and rule.group == "correctness":
            continue  # said already
        location = document.locate(pointer)
        words = as_written(message), location, as_written(hint), subject(pointer)
        found.append(Finding(rule.id, severities[rule.id], *words))
    found += [_unknown_rule(document, pointer, name) for pointer, name in _unknown_ignores(index, known)]
    return index, found


_MISPLACED = "OpenAPI knows no `$ref` here; few tools follow it."
_BUNDLE = "Put what it leads to in its place; apispec itself follows it."


def _is_reference(value: Any, version: str) -> bool:
    """Whether an object is but a reference, as one may stand in the place of another one."""
    beside = {"summary", "description"} if version in ("3.1", "3.2") else set()
    return isinstance(value, dict) and "$ref" in value and not value.keys() - {"$ref"} - beside


def _located(finding: Finding, pointer: str) -> Finding:
    return replace(finding, subject=subject(pointer))


def _no_version(document: Document) -> Finding:
    data = document.data
    if not isinstance(data, dict):
        return invalid(document, "", "This is not an OpenAPI document: it is no object.", VERSION_HINT)
    key = "openapi" if "openapi" in data else "swagger" if "swagger" in data else ""
    if key:
        message = f"`{key}: {data[key]!r}` is no version that is known."
        if re.fullmatch(r"3\.3\b.*|[4-9]\..*", str(data[key])):
            hint = f"OpenAPI {data[key]} is a draft, or newer than this program: it is not judged. {VERSION_HINT}"
            return invalid(document, f"/{key}", message, hint)
        hint = "Versions are texts: quote the number." if isinstance(data[key], (int, float)) else VERSION_HINT
        return invalid(document, f"/{key}", message, hint)
    return invalid(
        document, "", "The document does not say which OpenAPI version it follows.", kin(data) or VERSION_HINT
    )


def _is_ignored(finding: Finding, document: Document, known: Mapping[str, Rule]) -> bool:
    """Whether the place, or an object around it, silences the rule."""
    value: Any = document.data
    if finding.location.file != document.file:
        other = step(step(value, FILES_KEY), finding.location.file)
        value = value if other is MISSING and document.origin is not None else other
    for token in [None, *split(finding.location.pointer)]:
        value = value if token is None else step(value, token)
        if isinstance(value, dict) and IGNORE_KEY in value and _names(value[IGNORE_KEY], finding.rule, known):
            return True
    return False


def _names(setting: Any, rule: str, known: Mapping[str, Rule]) -> bool:
    """Whether a setting means a rule: by its id, by its group, or by meaning all."""
    named = setting if isinstance(setting, list) else [setting]
    return setting is True or rule in named or (rule in known and known[rule].group in named)


def _unknown_ignores(index: Index, rules_known: Mapping[str, Rule]) -> Iterator[tuple[str, str]]:
    known = {*rules_known, *GROUPS, OWN, RULE}
    for nodes in list(index.by_kind.values()):
        for node in nodes:
            setting = node.value.get(IGNORE_KEY, True)
            for name in setting if isinstance(setting, list) else [setting]:
                if name is not True and name not in known:
                    yield f"{node.pointer}/{IGNORE_KEY}", str(name)


def _unknown_rule(document: Document, pointer: str, name: str) -> Finding:
    message = f"{IGNORE_KEY} names {name!r}, which is no rule and no group."
    return Finding("unknown-rule", Severity.WARNING, message, document.locate(pointer), subject=subject(pointer))
