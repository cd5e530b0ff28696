"""Findings that a change is to answer for: on lines that it touched, or that were not there before."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from apispec.cli.diff import SidesReader
from apispec.config import Config
from apispec.errors import ApispecError, UsageError

if TYPE_CHECKING:
    from apispec.documents import Document
    from apispec.findings import Finding
    from apispec.validation import Options, Validation

_Mark = tuple[str, str, str, str]


class Base:
    """What documents were before: in a git revision, or another file.

    Args:
        name: A git revision, a revision of a file (`main:openapi.yaml`), or a file.
        configs: How to read each of the documents and apps.
        allow_remote: Whether references may be fetched.
    """

    def __init__(self, name: str, configs: Mapping[str, Config], allow_remote: bool) -> None:
        from apispec.changes import revision_of

        self.name = name
        self.is_file = Path(name).is_file() or revision_of(name) is not None
        self.readers = {path: SidesReader(config, allow_remote) for path, config in configs.items()}

    def only_new(self, found: Validation, paths: Sequence[str], options: Options) -> Validation:
        """The findings that are new, or stand on changed lines; the others are counted.

        Raises:
            UsageError: One file is to be the base of several.
            ApispecError: The base cannot be read.
        """
        from apispec.validation import validate

        if self.is_file and len(paths) != 1:
            raise UsageError("one file cannot be the base of several", hint="name a git revision")
        befores = {path: self._before(path) for path in paths}
        known: Counter[_Mark] = Counter()
        for path, before in befores.items():
            if before is not None:
                judged = validate([before], replace(options, baseline=None))
                now = "<stdin>" if path == "-" else path
                known.update(_mark(finding, before.file, now) for finding in judged.findings)
        kept = []
        for finding in found.findings:
            mark = _mark(finding, "", "")
            is_known = known[mark] > 0
            known[mark] -= is_known
            if not is_known or finding.location.line in self._touched(finding.location.file, paths[0]):
                kept.append(finding)
        notes = tuple(note for reader in self.readers.values() for note in reader.notes)
        return replace(found, findings=tuple(kept), old=len(found.findings) - len(kept), remarks=notes)

    def _before(self, path: str) -> Document | None:
        reader = self.readers[path]
        if self.is_file:
            return reader.side(self.name)
        if path == "-":
            raise UsageError("standard input is in no revision", hint="name a file as the base")
        before = reader.at(path, self.name, of_now=True)
        return None if reader.missing else before

    @cache  # noqa: B019 - lives as long as the command
    def _touched(self, file: str, path: str) -> frozenset[int]:
        """The lines of a file of now that are not as they were; none where its text is not at hand."""
        before, now = self._text_before(file, path), _text(file)
        return frozenset() if before is None or now is None else changed_lines(before, now)

    def _text_before(self, file: str, path: str) -> str | None:
        from apispec.changes import edition, revision_of, text_of

        if Path(self.name).is_file():
            return _text(self.name) if file == path else None
        named = revision_of(self.name)
        if named is not None and file != path:
            return None
        revision, name = named or (self.name, file)
        try:
            return text_of(edition(revision, name, of_now=True))
        except ApispecError:
            return None


def _mark(finding: Finding, file: str, now: str) -> _Mark:
    """What a finding is, wherever it stands by now: rule, file, place without list indices, message."""
    home = finding.location.file
    revision = file.removesuffix(now) if file.endswith(f":{now}") else ""
    home = now if home == file else home.removeprefix(revision) if revision else home
    return finding.rule, home, re.sub(r"/\d+(?=/|$)", "/*", finding.location.pointer), finding.message


def _text(file: str) -> str | None:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def changed_lines(before: str, now: str) -> frozenset[int]:
    """The numbers of the lines (from 1) that a text has and the other one has not, at their places."""
    from apispec.changes import unified_diff

    with tempfile.TemporaryDirectory(prefix="apispec-") as folder:
        for name, text in (("before", before), ("now", now)):
            Path(folder, name).write_text(text.replace("\r\n", "\n"), encoding="utf-8")
        try:
            difference = unified_diff(folder, "before", "now")
        except FileNotFoundError:
            return _by_matching(before.splitlines(), now.splitlines())
    spans = re.findall(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", difference, re.MULTILINE)
    return frozenset(
        line for start, count in spans for line in range(int(start), int(start) + (int(count) if count else 1))
    )


def _by_matching(before: Sequence[str], now: Sequence[str]) -> frozenset[int]:
    blocks = SequenceMatcher(None, before, now).get_opcodes()
    return frozenset(line + 1 for tag, _, _, start, end in blocks if tag != "equal" for line in range(start, end))
