"""YAML: built from parse events, so that depth, aliases and duplicate keys stay under control and places are known.

Plain words follow the core schema of YAML 1.2 (chapter 10.3), as OpenAPI asks for: `yes`, `no`, `on` and `off` are
texts, so are dates and times and `12:30`; `0o17` is octal and `017` is seventeen. Keys are always texts (`200:` is
`"200"`). Merge keys (`<<`) are understood, since many documents use them. No tag ever builds an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from apispec.documents.pointers import split
from apispec.documents.problems import UnreadableError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CORE = "tag:yaml.org,2002:"
_NUMBER_DIGITS = 1_000
"""Python refuses to convert integers of more than 4,300 digits; no API needs a tenth of that."""


def plain(text: str) -> Any:
    """The value of a plain (unquoted) scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-." or len(text) > _NUMBER_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return text if number in (float("inf"), float("-inf")) else number
    if _OCTAL.fullmatch(text):
        return int(text, 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    return text


class _Frame:
    """A mapping or sequence that is being built."""

    __slots__ = ("anchor", "key", "key_mark", "merges", "places", "start", "value")

    def __init__(self, value: Any, anchor: str | None, start: int) -> None:
        self.value = value
        self.anchor = anchor
        self.start = start
        self.key: str | None = None
        self.key_mark: tuple[int, int] = (0, 0)
        self.merges: list[Any] = []
        self.places: dict[str, tuple[int, int]] = {}


class Reader:
    """Reads one YAML text; `value`, `duplicates` and `locate` are what it found.

    Args:
        text: The whole text.
        depth: How many levels may stand in each other.
        alias_nodes: How many values aliases may stand for in all.

    Raises:
        UnreadableError: It is not YAML, or breaks a limit.
    """

    def __init__(self, text: str, *, depth: int, alias_nodes: int) -> None:
        self.value: Any = None
        self.duplicates: list[tuple[str, int, int]] = []
        """Key, line, column of each key that was there before."""
        self.warnings: list[tuple[str, str, int, int]] = []
        """Rule, message, line, column of what was read but is not JSON."""
        self._places: dict[int, dict[str, tuple[int, int]]] = {}
        self._start = (1, 1)
        self._depth = depth
        self._alias_nodes = alias_nodes
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._open: set[str] = set()
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._from_aliases = 0
        self._documents = 0
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.YAMLError as error:
            raise _explained(error, text) from None
        except RecursionError:
            raise UnreadableError("too-deep", f"The document nests more than {depth} levels.", offset=0) from None

    def locate(self, pointer: str) -> tuple[int, int]:
        """Line and column (from 1) of the key or item, or of its nearest parent that exists."""
        value, place = self.value, self._start
        for token in split(pointer):
            places = self._places.get(id(value))
            if places is None or token not in places:
                break
            place = places[token]
            value = value[token] if isinstance(value, dict) else value[int(token)]
        return place

    def _take(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line, column)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._begin(event, line, column)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end(line, column)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", line, column)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise UnreadableError(
                    "several-documents",
                    "A second YAML document starts here.",
                    line=line,
                    column=column,
                    hint="Keep one document per file.",
                )

    def _scalar(self, event: Any, line: int, column: int) -> None:
        self._nodes += 1
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event.value, bool(event.implicit[0]), line, column)
            return
        tag, text = event.tag, event.value
        if tag is None and event.implicit[0]:
            if _NOT_FINITE.fullmatch(text):
                self.warnings.append(
                    ("not-json", f"{text} has no counterpart in JSON and is read as a text.", line, column)
                )
                value: Any = text
            else:
                value = plain(text)
        elif tag in (None, "!", _CORE + "str", _CORE + "binary", _CORE + "timestamp"):
            value = text
        elif tag in (_CORE + "int", _CORE + "float", _CORE + "bool", _CORE + "null"):
            value = plain(text)
        else:
            self.warnings.append(("yaml-tag", f"The tag {tag} is ignored.", line, column))
            value = text
        self._put(value, event.anchor, line, column)

    def _key(self, frame: _Frame, text: str, is_plain: bool, line: int, column: int) -> None:
        if text in frame.places and not (is_plain and text == "<<"):
            self.duplicates.append((text, line, column))
        frame.key, frame.key_mark = text, (line, column)

    def _begin(self, event: Any, line: int, column: int) -> None:
        self._nodes += 1
        if len(self._stack) >= self._depth:
            raise UnreadableError(
                "too-deep", f"The document nests more than {self._depth} levels.", line=line, column=column
            )
        parent = self._stack[-1] if self._stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            raise UnreadableError(
                "not-json", "A key must be a text.", line=line, column=column, hint="JSON has no other keys."
            )
        if event.tag not in (None, "!", _CORE + "map", _CORE + "seq"):
            self.warnings.append(("yaml-tag", f"The tag {event.tag} is ignored.", line, column))
        if event.anchor:
            self._open.add(event.anchor)
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if parent is None:
            self._start = (line, column)
        elif isinstance(parent.value, list):
            parent.key_mark = (line, column)
        self._stack.append(_Frame(value, event.anchor, self._nodes))

    def _end(self, line: int, column: int) -> None:
        frame = self._stack.pop()
        for source in frame.merges:
            for name, value in source.items():
                if name not in frame.value:
                    frame.value[name] = value
                    frame.places[name] = self._places.get(id(source), {}).get(name, (line, column))
        self._places[id(frame.value)] = frame.places
        if frame.anchor:
            self._open.discard(frame.anchor)
        parent = self._stack[-1] if self._stack else None
        mark = parent.key_mark if parent else self._start
        self._put(frame.value, frame.anchor, *mark, size=self._nodes - frame.start + 1)

    def _alias(self, name: str, line: int, column: int) -> None:
        if name in self._open:
            raise UnreadableError(
                "yaml-recursive-alias",
                f"The alias *{name} stands inside the value it repeats.",
                line=line,
                column=column,
            )
        if name not in self._anchors:
            raise UnreadableError(
                "not-yaml", f"There is no anchor &{name} before this alias.", line=line, column=column
            )
        value, size = self._anchors[name]
        self._nodes += size
        self._from_aliases += size
        if self._from_aliases > self._alias_nodes:
            raise UnreadableError(
                "yaml-alias-bomb",
                f"Aliases stand for more than {self._alias_nodes:,} values.",
                line=line,
                column=column,
            )
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, str(value), False, line, column)
        else:
            self._put(value, None, line, column)

    def _put(self, value: Any, anchor: str | None, line: int, column: int, *, size: int = 1) -> None:
        if anchor:
            self._anchors[anchor] = (value, size)
        if not self._stack:
            self.value = value
            return
        frame = self._stack[-1]
        if isinstance(frame.value, list):
            frame.places[str(len(frame.value))] = (line, column)
            frame.value.append(value)
            return
        key, frame.key = frame.key or "", None
        if key == "<<" and (sources := list(_merge_sources(value))):
            frame.merges += sources
            return
        frame.places[key] = frame.key_mark
        frame.value[key] = value


def _merge_sources(value: Any) -> Iterator[dict[str, Any]]:
    for source in value if isinstance(value, list) else [value]:
        if isinstance(source, dict):
            yield source


def _explained(error: yaml.YAMLError, whole: str) -> UnreadableError:
    """The parser's complaint in plain words, with its place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    text = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).strip()
    lines = whole.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if here[column - 1 : column] == "\t" or "'\\t'" in text:
        return UnreadableError(
            "yaml-tab",
            "A tab stands where YAML allows only spaces.",
            line=line,
            column=column,
            hint="Indent with spaces.",
        )
    if "mapping values are not allowed" in text:
        return UnreadableError(
            "not-yaml", "A second `: ` stands on one line.", line=line, column=column, hint="Put the value in quotes."
        )
    if "could not find expected ':'" in text:
        return UnreadableError(
            "not-yaml",
            "A key has no `:` after it.",
            line=line,
            column=column,
            hint="Check indentation and quotes of the lines above.",
        )
    if "control characters are not allowed" in text or "special characters are not allowed" in text:
        match = _CONTROL.search(whole)
        return UnreadableError(
            "wrong-encoding",
            "The file contains a control character.",
            offset=match.start() if match else 0,
            hint="Save the file as UTF-8 text.",
        )
    if "depth" in text:
        return UnreadableError("too-deep", "The document nests too many levels.", line=line, column=column)
    return UnreadableError("not-yaml", f"This is not YAML: {text.splitlines()[0]}.", line=line, column=column)
