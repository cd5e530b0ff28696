"""A document: its value, what was wrong with the text, and where everything stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apispec.documents import files, json_reader, yaml_reader
from apispec.documents.limits import LIMITS, Limits
from apispec.documents.pointers import MISSING, join, split, step, unescape
from apispec.documents.problems import UNREAD, UnreadableError, place, problem
from apispec.documents.references import kind_of, sites
from apispec.documents.text import decode
from apispec.errors import DocumentError
from apispec.findings import Finding, Location, Severity

FILES_KEY = "x-apispec-files"
"""Where the other files of a document stand in `Document.data`, by file name, their references made local."""

Locate = Callable[[str], tuple[int, int]]
"""Pointer to line and column, from 1."""


@dataclass(frozen=True)
class Document:
    """One document, made of one file or of many."""

    file: str
    """As the user wrote it; `<stdin>` for standard input."""
    data: Any
    """The value; None where the text could not be read (a finding says why). Other files stand under `FILES_KEY`."""
    findings: tuple[Finding, ...] = ()
    """What was wrong with the text, and references to files that could not be followed."""
    readable: bool = True
    """Whether `data` is what the text says."""
    positions: Mapping[str, Locate] = field(default_factory=dict)
    """How to find places, by file name."""
    origin: Callable[[str], tuple[Document, str]] | None = None
    """For one that was made of another (see `bundling`): which, and where there a pointer leads."""

    def locate(self, pointer: str) -> Location:
        """Where a pointer into `data` leads: the key (or item), or its nearest parent that exists.

        Args:
            pointer: A JSON Pointer, `""` for the document itself.
        """
        if self.origin is not None:
            whole, place = self.origin(pointer)
            return whole.locate(place)
        file, inner = self._home(self._followed(pointer))
        lookup = self.positions.get(file)
        line, column = lookup(inner) if lookup else (0, 0)
        return Location(file, line, column, inner)

    def _followed(self, pointer: str) -> str:
        """Where a pointer leads through references that stand on its way."""
        value, tokens = self.data, split(pointer)
        for _ in range(50):
            for position, token in enumerate(tokens):
                inner = step(value, token)
                reference = value.get("$ref") if inner is MISSING and isinstance(value, dict) else None
                if isinstance(reference, str) and reference.startswith("#/"):
                    value, tokens = self.data, [*split(reference), *tokens[position:]]
                    pointer = join(tokens)
                    break
                if inner is MISSING:
                    return pointer
                value = inner
            else:
                break
        return pointer

    def _home(self, pointer: str) -> tuple[str, str]:
        prefix = f"/{FILES_KEY}/"
        if pointer.startswith(prefix):
            token, slash, inner = pointer[len(prefix) :].partition("/")
            file = unescape(token)
            if file in self.positions:
                return file, slash + inner
        return self.file, pointer

    @property
    def unread(self) -> tuple[Finding, ...]:
        """What keeps the document from being known in full: files with wrong syntax, references that lead nowhere."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR and f.rule in UNREAD)

    def required(self) -> Any:
        """The value, for those who cannot go on without.

        Raises:
            DocumentError: The text could not be read; the message is the first finding.
        """
        if not self.readable:
            first = self.findings[0]
            raise DocumentError(first.message, where=str(first.location), hint=first.hint)
        return self.data


_JOINED = re.compile(rf"#/{FILES_KEY}/([^/\s'\"`,]+)([^\s'\"`,]*)")


def as_written(text: str) -> str:
    """A sentence with references between files as people write them: `pet.yaml#/id`, not where we have joined them."""
    if FILES_KEY not in text:
        return text
    return _JOINED.sub(lambda found: f"{unescape(found[1])}#{found[2]}".removesuffix("#"), text)


def from_data(data: Any, file: str = "") -> Document:
    """A document that never was a text, such as one that apispec has just made; places are pointers only."""
    return Document(file, data)


def load(
    path: str | Path,
    *,
    text: str | bytes | None = None,
    allow_remote: bool = False,
    limits: Limits = LIMITS,
    read: Callable[[str], bytes] | None = None,
) -> Document:
    """Read a document and the files it refers to.

    Args:
        path: The file, or an `https:` address where `allow_remote`; with `text` only its name.
        text: The content, where it is at hand (standard input, a git revision).
        allow_remote: Whether references may be fetched from the network.
        limits: Bounds for size and depth.
        read: How to get the content of a file by name, where it is not on disk (a git revision); raises DocumentError.

    Raises:
        DocumentError: The file is not there, is not a file, may not be read, or is too large.
    """
    name = str(path)
    if text is None and read is None:
        text = files.content(name, allow_remote=allow_remote, limits=limits)
    content = read(name) if text is None and read else text or b""
    data, findings, readable, locate = parse(name, content, limits)
    positions: dict[str, Locate] = {name: locate}
    if readable and _refers_outside(content):
        reader = files.Files(name, parse=parse, allow_remote=allow_remote, limits=limits, read=read)
        others = reader.gather(data)
        positions |= reader.positions
        findings += reader.findings
        for place_, reference, message, hint in reader.broken:
            file, pointer = place_
            line, column = positions[file](pointer)
            findings.append(
                problem(
                    "unreadable-reference", f"{reference!r}: {message}", Location(file, line, column, pointer), hint
                )
            )
        if others and isinstance(data, dict):
            data = {**data, FILES_KEY: others}
    elif readable and b"$id" in (content if isinstance(content, bytes) else content.encode("utf-8", "replace")):
        for site in list(sites(data, kind_of(data))):
            files.rebased(site, data)
    if isinstance(data, dict) and data.get("swagger") == 2 and data["swagger"] is not True:
        data["swagger"] = "2.0"  # YAML reads it as a number where it is not quoted, and everybody understands it
    return Document(name, data, tuple(findings), readable, positions)


_OUTSIDE = re.compile(rb"""\$ref["']?\s*:(?!\s*["']?#|\s*[\[{])""")


def _refers_outside(content: str | bytes) -> bool:
    """Whether any `$ref` may lead out of the file; cheap, and never wrongly False."""
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    escaped = b"\\u0024ref" in raw or b"\\x24ref" in raw
    return escaped or b"\0" in raw or bool(_OUTSIDE.search(raw))


def parse(name: str, content: str | bytes, limits: Limits) -> tuple[Any, list[Finding], bool, Locate]:
    """One text as value, findings, whether it could be read, and how to find places."""
    text = ""
    try:
        if len(content) > limits.bytes:
            raise UnreadableError("too-large", f"The file is larger than {limits.bytes:,} bytes.", offset=0)
        text = decode(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
        if _is_json(name, text):
            return _json(name, text, limits)
        return _yaml(name, text, limits)
    except UnreadableError as error:
        line, column = (error.line, error.column) if error.offset is None else place(text, error.offset)
        finding = problem(error.rule, error.message, Location(name, line, column), error.hint)
        return None, [finding], False, lambda pointer: (line, column)


def _is_json(name: str, text: str) -> bool:
    """By the file's name; else by its first character, which YAML's flow style shares (then JSON must also parse)."""
    lower = name.lower()
    if lower.endswith((".yaml", ".yml")):
        return text.lstrip()[:1] in ("{", "[") and _parses(text)
    return lower.endswith(".json") or text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _parses(text: str) -> bool:
    try:
        json_reader.read(text, depth=LIMITS.depth)
    except UnreadableError:
        return False
    return True


def _json(name: str, text: str, limits: Limits) -> tuple[Any, list[Finding], bool, Locate]:
    data, duplicates = json_reader.read(text, depth=limits.depth)
    positions = json_reader.Positions(text, repeats=bool(duplicates))
    findings = [
        _duplicate(str(tokens[-1]), Location(name, *positions.locate(join(tokens)), join(tokens)))
        for tokens in duplicates
    ]
    return data, findings, True, positions.locate


def _yaml(name: str, text: str, limits: Limits) -> tuple[Any, list[Finding], bool, Locate]:
    reader = yaml_reader.Reader(text, depth=limits.depth, alias_nodes=limits.alias_nodes)
    findings = [_duplicate(key, Location(name, line, column)) for key, line, column in reader.duplicates]
    findings += [
        Finding(rule, Severity.WARNING, message, Location(name, line, column))
        for rule, message, line, column in reader.warnings
    ]
    return reader.value, findings, True, reader.locate


def _duplicate(key: str, location: Location) -> Finding:
    return problem(
        "duplicate-key",
        f"The key {key!r} is given twice in one object; the last one counts.",
        location,
        "Take one of them out.",
    )
