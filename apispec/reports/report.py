"""What a report is made of, and the parts that several formats need."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apispec.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a report says about a rule."""

    title: str
    """One sentence."""
    help: str = ""
    """Markdown."""


@dataclass(frozen=True)
class Report:
    """Findings and what stands around them."""

    findings: Sequence[Finding]
    """In the order in which they are shown."""
    title: str = "apispec validate"
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    """About the rules, by id; those without an entry are shown by id."""
    files: Sequence[str] = ()
    """The files that were looked at."""
    notes: Sequence[str] = ()
    """Lines for the end: what the baseline hides, the coverage."""
    words: Mapping[Severity, str] = field(default_factory=lambda: {severity: severity.value for severity in Severity})
    """What each severity is called: `diff` says breaking, risky, safe."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """More for machines: JSON values by name."""
    nothing: str = "no findings"
    """What the summary says where there are none."""
    failing: Severity | None = Severity.ERROR
    """The level from which findings fail the run; None where none does."""

    @property
    def counts(self) -> dict[Severity, int]:
        """Findings by severity, worst first, zeros included."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    @property
    def summary(self) -> str:
        """`2 errors, 1 warning`, or what `nothing` says."""
        parts = []
        for severity, count in self.counts.items():
            word = self.words[severity]
            plural = word + "s" if word in ("error", "warning") and count != 1 else word
            if count:
                parts.append(f"{count} {plural}")
        return ", ".join(parts) or self.nothing


_REVISED = re.compile(r"([^:\s]{2,}):(?!//)(.+\.(?:json|ya?ml|py))", re.IGNORECASE | re.DOTALL)


def from_root(file: str) -> str:
    """A file as code hosts name it: relative to the repository's top folder, wherever the command ran.

    Args:
        file: As in findings; of a git revision's (`main:openapi.yaml`) its path alone. What is neither that nor a file
            of the disk stays as it is.
    """
    return in_utf8(_from_root(file))


def _from_root(file: str) -> str:
    try:
        path = Path(file)
        if file and not path.exists() and (edition := _REVISED.fullmatch(file)) and not Path(edition[1]).exists():
            path, file = Path(edition[2]), edition[2]
        elif not file or not path.exists():
            return file
        whole = path.resolve()
        named = [os.environ.get(name, "") for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")]
        roots = [Path(name).resolve() for name in named if name]
        roots += [folder for folder in whole.parents if (folder / ".git").exists()][:1]
    except (OSError, ValueError):
        return file
    root = next((root for root in roots if whole.is_relative_to(root)), None)
    return whole.relative_to(root).as_posix() if root else file


_NAMED = re.compile(r"'[^']*'|`[^`]*`|\"[^\"]*\"")
_INDEX = re.compile(r"(?<!/responses)/\d+(?=/|$)")


def fingerprint(finding: Finding, beside: Path | None = None) -> str:
    """What stays the same when a document grows around a finding: rule, file and place, no line and no list index.

    What is in a list is known by what the message names there, so that another one in the list is another finding.

    Args:
        finding: What was found.
        beside: The folder from which files are named that lie in no repository; the current one by default.
    """
    place = _INDEX.sub("/*", finding.location.pointer)
    told = (
        _NAMED.findall(finding.message) if place != finding.location.pointer else [finding.subject if not place else ""]
    )
    key = "\0".join((finding.rule, _one_way(finding.location.file, beside), place, *told))
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]


def _one_way(file: str, beside: Path | None) -> str:
    """A file by one name, however it was written: from the repository's top folder, else from another one."""
    known = _from_root(file)
    try:
        if known == file and file and Path(file).exists():
            known = Path(os.path.relpath(Path(file).resolve(), (beside or Path.cwd()).resolve())).as_posix()
    except (OSError, ValueError):
        known = file
    return in_utf8(known)


def fingerprints(findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with a fingerprint of its own: equal ones are numbered."""
    seen: Counter[str] = Counter()
    for finding in findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        yield finding, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_BYTES = re.compile("[\udc80-\udcff]+")
"""Bytes of a file's name that Python could not decode in the locale it started in (`C`, say)."""

_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|##(?=\[)", re.MULTILINE)
"""What begins a command to the runner of GitHub Actions: `::` on a line of its own, `##[` anywhere."""


def in_utf8(text: str) -> str:
    """A text with the bytes of names that Python could not decode as UTF-8 has them; what it has not stays."""
    return _BYTES.sub(
        lambda match: match[0].encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape"), text
    )


def clean(text: str) -> str:
    r"""Text from a document without what could play tricks on a terminal or on a CI's runner, or break XML: controls
    are shown as `\x1b`, commands (`::add-mask::`) get a space. Names of files are UTF-8, whatever the locale.
    """
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", in_utf8(text))
    return _COMMAND.sub(lambda match: f"{match[0]} ", shown) if "::" in shown or "##[" in shown else shown


def one_line(text: str) -> str:
    """Clean text without line breaks."""
    return " ".join(clean(text).split())
