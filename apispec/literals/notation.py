"""One engine that writes values in any language, from a table of what differs between languages.

A table is a file `templates/languages/NAME.toml`; the page's script has the same engine in JavaScript
(`templates/assets/script/encoders.js`) and reads the same tables, so that a language is data and nothing else. A test
feeds both the same values. What the keys mean is told in `docs/how-to/snippets.md`.

A pattern is text with fields: `«path»`, `«path|encoder»`. A path leads into the value (`file.filename`, `0`, nothing
for the value itself).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from apispec.literals.shell import shell_quote
from apispec.literals.text import json_text, percent_encode, utf16_escape, well_formed
from apispec.literals.values import BasicAuth, Env, EnvText, HeaderText, LocalFile
from apispec.schemas import FILE_META

Encoder = Callable[[Any, int, int], str]
"""Takes the value, its column, and the indent of its line."""

WIDTH = 88
"""Lines are broken to stay within so many columns where that can be done."""

_FIELD = re.compile("«([^«»|]*)(?:[|]([^«»]+))?»")
_CONDITION = re.compile(r"(?:no )?(\S*?)(?: is (null|a name|from the environment)| matches (.+))?")
_AT_END = re.compile(r"(?<!\\)\$(?=\)|\||\Z)")
"""A `$` is the very end, as for the page's script: never before a line break that ends the text."""
_NOT_FINITE = ("inf", "-inf", "nan")


class TableError(ValueError):
    """A table says what cannot be."""


class CannotSayError(Exception):
    """A value that the language, or the client that is used in it, cannot send; the message says why."""


class Notation:
    """How values are written in one language.

    Args:
        table: As it was read.
        json: The table of JSON, for languages that hold JSON as text; None for JSON itself.

    Raises:
        TableError: The table is wrong.
    """

    def __init__(self, table: Mapping[str, Any], json: Notation | None = None) -> None:
        self.json = json or self
        self.step: int = table.get("step", 2)
        self.last_comma: bool = table.get("last-comma", False)
        self.spaced: bool = table.get("spaced", False)
        self.constants: Mapping[str, str] = table.get("constants", {})
        brackets = table.get("brackets", {})
        self._list: tuple[str, str] = tuple(brackets.get("list", "[]"))
        self._map: tuple[str, str] = tuple(brackets.get("map", "{}"))
        self._between: str = brackets.get("between", ": ")
        string = table.get("string", {})
        self.string: Callable[[str], str] = _posix if string.get("style") == "posix" else _escaped(string)
        self._is_posix = string.get("style") == "posix"
        self._plain_text = _whole(string.get("plain"))
        self._raw_text: Mapping[str, Any] | None = table.get("block")
        raw = self._raw_text or {}
        self.block_marks = (raw.get("open", '"'), raw.get("close", '"'))
        self._plain_key = _whole(table.get("key", {}).get("plain"))
        self._keys: dict[str, str] = dict(table.get("key", {}).get("special", ()))
        name = table.get("name", {})
        self._name = str.isidentifier if name.get("letters") == "unicode" else _whole(name.get("letters"))
        self._reserved = frozenset(name.get("reserved", ()))
        self._filters = {key: dict(found) for key, found in table.get("filters", {}).items()}
        values = table.get("values", {})
        self._join: str | None = values.get("join")
        self._env: str = values.get("env", "")
        self._written = {key: self._encoder(found) for key, found in values.items() if key not in ("join", "env")}
        self._definitions: Mapping[str, Any] = table.get("encoders", {})
        self._encoders: dict[str, Encoder] = {}
        for own in self._definitions:
            self.encoder(own)

    def encoder(self, name: str = "value") -> Encoder:
        """The encoder of a name: one that the table defines, or one of the engine's own.

        Raises:
            TableError: There is none.
        """
        if name not in self._encoders:
            if name in self._definitions:
                self._encoders[name] = self._encoder(self._definitions[name])
            else:
                found = getattr(self, "_" + name.replace("-", "_") + "_encoder", None) or self._filter(name)
                if found is None:
                    raise TableError(f"there is no encoder {name!r}")
                self._encoders[name] = found
        return self._encoders[name]

    def literal(self, value: Any, column: int = 0, indent: int = 0, width: int = WIDTH) -> str:
        """An expression that evaluates to the value, on one line where it fits.

        Args:
            value: A JSON value, non-finite floats and the values of `apispec.literals.values` included.
            column: Where the literal starts on its line.
            indent: The indentation of that line.
            width: Lines are broken to stay within it where that can be done.

        Raises:
            TypeError: The language has no notation for it.
        """
        flat = self.flat(value)
        if not isinstance(value, (dict, list)) or not value or (column + len(flat) <= width and "\n" not in flat):
            return flat
        step = indent + self.step
        pad = " " * step
        if isinstance(value, dict):
            opening, closing = self._map
            heads = [f"{pad}{self.key(key)}{self._between}" for key in value]
            items = zip(heads, value.values(), strict=True)
            rows = [head + self.literal(item, len(head), step, width - 1) for head, item in items]
        else:
            opening, closing = self._list
            rows = [pad + self.literal(item, step, step, width - 1) for item in value]
        body = ",\n".join(rows) + ("," if self.last_comma else "")
        return f"{opening}\n{body}\n{' ' * indent}{closing}"

    def flat(self, value: Any) -> str:
        """The expression on one line."""
        if value is None or value is True or value is False:
            return self.constants["null" if value is None else "true" if value else "false"]
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, (int, float)):
            text = repr(value)
            return self.constants[text] if text in _NOT_FINITE else text
        if isinstance(value, Env):
            value = EnvText((value,))
        if isinstance(value, EnvText):
            return self._environment(value, self._env)
        if isinstance(value, list):
            opening, closing = self._list
            return opening + ", ".join([self.flat(item) for item in value]) + closing
        if isinstance(value, dict):
            opening, closing = self._map
            inner = ", ".join([f"{self.key(key)}{self._between}{self.flat(item)}" for key, item in value.items()])
            return f"{opening} {inner} {closing}" if inner and self.spaced else f"{opening}{inner}{closing}"
        kind = {BasicAuth: "basic", LocalFile: "file", HeaderText: "header"}.get(type(value))
        if kind in self._written:
            return self._written[kind](value, 0, 0)
        raise TypeError(f"no literal for {type(value).__name__}")

    def key(self, text: str) -> str:
        """A name in a map."""
        if text in self._keys:
            return self._keys[text]
        return text if self._plain_key(text) else self.string(text)

    def _environment(self, text: EnvText, pattern: str) -> str:
        """A text with environment variables in it; in a language that joins no texts, their names stand for them."""
        if self._is_posix:
            return shell_quote(text)
        if self._join is None:
            return self.string("".join(part if isinstance(part, str) else part.name for part in text.parts))
        parts = [self.string(p) if isinstance(p, str) else pattern.replace("«»", p.name) for p in text.parts]
        return self._join.join(parts)

    def block(self, text: str) -> str:
        """A text in the notation for long ones, where there is one that holds it: next to nothing is escaped there."""
        plain = self.string(text)
        block = self._raw_text
        if block is None or plain[1:-1] == text or not text.replace("\n", "").isprintable():
            return plain
        ended = text + str(block["close"])[:-1]  # a quotation mark before three of them would be one of the three
        if any(mark in ended for mark in block.get("never", ())):
            return plain
        return f"{block['open']}{self._in_block(text)}{block['close']}"

    def _in_block(self, text: str) -> str:
        """What stands between the marks of a long text."""
        letters: Mapping[str, str] = (self._raw_text or {}).get("letters", {})
        return "".join(letters.get(c, c) for c in text)

    # The engine's own encoders

    def _block_encoder(self, value: Any, column: int, indent: int) -> str:
        return self.block(value) if isinstance(value, str) else self.flat(value)

    def _value_encoder(self, value: Any, column: int, indent: int) -> str:
        return self.literal(value, column, indent)

    def _word_encoder(self, value: Any, column: int, indent: int) -> str:
        """A text without quotes where none are needed."""
        return value if isinstance(value, str) and self._plain_text(value) else self.flat(value)

    def _raw_encoder(self, value: Any, column: int, indent: int) -> str:
        if not isinstance(value, str):
            raise TypeError("only a text can stand as it is")
        return value

    def _percent_encoder(self, value: Any, column: int, indent: int) -> str:
        return percent_encode(value)

    def _variable_encoder(self, value: Any, column: int, indent: int) -> str:
        return upload_variable(value)

    def _optional_encoder(self, value: Any, column: int, indent: int) -> str:
        """An empty text is null."""
        return self.flat(value or None)

    def _entry_encoder(self, value: Any, column: int, indent: int) -> str:
        """A pair as a map of one entry."""
        return self.literal({value[0]: value[1]}, column, indent)

    def _filter(self, name: str) -> Encoder | None:
        table = self._filters.get(name)
        if table is None:
            return None
        return lambda value, column, indent: "".join(table.get(c, c) for c in value)

    def _encoder(self, definition: Any) -> Encoder:
        """An encoder from what a table says: a pattern, cases, or a table of its own."""
        if isinstance(definition, str):
            return self._pattern(definition, "")
        if isinstance(definition, list):
            cases = [(self._condition(case.get("when", "")), self._encoder(_without(case))) for case in definition]

            def first(value: Any, column: int, indent: int) -> str:
                for holds, written in cases:
                    if holds(value):
                        return written(value, column, indent)
                raise TypeError(f"no case for {value!r}")

            return first
        if "refuse" in definition:
            return _refusing(definition["refuse"])
        if "text" in definition:
            return self._pattern(definition["text"], definition.get("as", ""))
        if "json" in definition:
            said = {"env": self._env, "file": "", "join": self._join, **definition}
            return self._json(said["json"], said["env"], said["file"], said["join"])
        if "env" in definition:
            env = definition["env"]
            return lambda value, column, indent: (
                self._environment(value, env) if isinstance(value, EnvText) else self.literal(value, column, indent)
            )
        if "json-line" in definition:
            return lambda value, column, indent: self.string(json_text(value))
        raise TableError(f"an encoder is a text, a list of cases, or has text, env or json: {definition!r}")

    def _json(self, splice: str | bool, env: str, file: str, join: str | None) -> Encoder:
        """JSON as one text, laid out where it is long; what is known only when it runs is spliced in: environment
        variables as `env` says, paths of uploaded files as `file` does, which is given their names.
        """

        def written(value: Any, column: int, indent: int) -> str:
            names: list[tuple[str, str]] = []

            def variable(name: str, kind: str) -> str:
                names.append((name, kind))
                return f"\0{tag}.{len(names) - 1}\0"

            def uploaded(name: str) -> str:
                return variable(file.replace("«»", self.string(name)) if file else upload_variable(name), "file")

            for tag in count():  # one that no text of the value holds
                names.clear()
                marked = _spliced(value, variable, uploaded)
                if not names or self.json.flat(marked).count(f"\\u0000{tag}.") == len(names):
                    break
            text = self.json.literal(marked, column if isinstance(splice, str) else 0)
            out = self.block(text)
            if not isinstance(splice, str) and out == self.string(text):
                text = self.json.flat(marked)
                out = self.string(text)
            in_block = out != self.string(text)
            opening, closing = self.block_marks if in_block else ('"', '"')
            for number, (name, kind) in enumerate(names):
                mark = f"\\u0000{tag}.{number}\\u0000"
                inner = (env if kind == "env" and env else "«»").replace("«»", name)
                between = f"{closing}{join}{inner}{join}{opening}"
                splicing = splice.replace("«»", name) if isinstance(splice, str) else between
                out = out.replace(self._in_block(mark) if in_block else self.string(mark)[1:-1], splicing)
            return out

        return written

    def _pattern(self, text: str, written_as: str) -> Encoder:
        pieces = _FIELD.split(text)
        fields: list[tuple[str, Callable[[Any], Any], Callable[[], Encoder]]] = []
        for i in range(1, len(pieces), 3):
            name = pieces[i + 1] or ("" if written_as else "value")
            fields.append((pieces[i + 2], _path(pieces[i]), self._later(name) if name else _no_encoder))
        start = pieces[0]
        if not written_as:

            def plain(value: Any, column: int, indent: int) -> str:
                out = start
                for after, found, encoder in fields:
                    line = out.rpartition("\n")
                    at = len(line[2]) + (0 if line[1] else column)
                    out += encoder()(found(value), at, indent) + after
                return out

            return plain
        outer = self._later(written_as)

        def joined(value: Any, column: int, indent: int) -> str:
            parts: list[str | Env] = [start]
            for after, found, encoder in fields:
                item = found(value)
                if encoder is not _no_encoder:
                    parts.append(encoder()(item, 0, 0))
                else:
                    parts += item.parts if isinstance(item, EnvText) else [item]
                parts.append(after)
            if all(isinstance(part, str) for part in parts):
                return outer()("".join(map(str, parts)), column, indent)
            return outer()(EnvText(tuple(part for part in _runs_together(parts) if part != "")), column, indent)

        return joined

    def _later(self, name: str) -> Callable[[], Encoder]:
        return lambda: self.encoder(name)

    def _condition(self, text: str) -> Callable[[Any], bool]:
        found = _CONDITION.fullmatch(text)
        if found is None:
            raise TableError(f"no such condition: {text!r}")
        negated, (path, kind) = text.startswith("no "), (_path(found[1]), found[2])
        if not text:
            return lambda value: True
        if found[3]:
            wanted = re.compile(_AT_END.sub(r"\\Z", found[3]))
            return lambda value: isinstance(path(value), str) and wanted.search(path(value)) is not None
        if kind == "null":
            return lambda value: path(value) is None
        if kind == "a name":
            return lambda value: bool(self._name(path(value))) and path(value) not in self._reserved
        if kind == "from the environment":
            return lambda value: isinstance(path(value), (Env, EnvText))
        return lambda value: bool(path(value)) is not negated


def upload_variable(filename: str) -> str:
    """The variable that holds the server's path of an uploaded file: `sample.png` → `SAMPLE_PNG`."""
    return "".join(c.upper() if c.isascii() and c.isalnum() else "_" for c in filename)


def _refusing(reason: str) -> Encoder:
    def refuse(value: Any, column: int, indent: int) -> str:
        raise CannotSayError(reason)

    return refuse


def _without(case: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key != "when"}


def _no_encoder() -> Encoder:
    raise AssertionError


def _path(text: str) -> Callable[[Any], Any]:
    """What leads into a value: numbers into sequences, names to attributes."""
    steps = text.split(".") if text else []

    def found(value: Any) -> Any:
        for step in steps:
            value = value[int(step)] if step.isdigit() else getattr(value, step)
        return value

    return found


def _whole(pattern: str | None) -> Callable[[str], Any]:
    """Whether a text is wholly of a pattern; never where there is none."""
    return re.compile(pattern).fullmatch if pattern else lambda text: False


def _runs_together(parts: Sequence[str | Env]) -> list[str | Env]:
    """Neighbouring texts as one."""
    out: list[str | Env] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, str) and isinstance(last, str):
            out[-1] = last + part
        else:
            out.append(part)
    return out


def _spliced(value: Any, variable: Callable[[str, str], str], uploaded: Callable[[str], str]) -> Any:
    """JSON with marks for the paths of uploaded files and for environment variables."""
    if isinstance(value, LocalFile):
        return {"path": uploaded(value.filename), "meta": FILE_META}
    if isinstance(value, EnvText):
        return "".join(part if isinstance(part, str) else variable(part.name, "env") for part in value.parts)
    if isinstance(value, list):
        return [_spliced(item, variable, uploaded) for item in value]
    if isinstance(value, dict):
        return {key: _spliced(item, variable, uploaded) for key, item in value.items()}
    return value


def _posix(text: str) -> str:
    return shell_quote(text)


def _escaped(table: Mapping[str, Any]) -> Callable[[str], str]:
    """A text between quotes, with letters and code points for what cannot stand there."""
    letters: dict[str, str] = table.get("letters", {})
    escapes = [tuple(row) for row in table.get("escapes", ())]
    quote: str = table.get("quote", '"')
    utf16, utf8 = table.get("utf16", False), table.get("utf8", False)
    byte: str = table.get("bytes", "")

    def escape(char: str) -> str:
        if utf16:
            return utf16_escape(char, escapes[0][1])
        if byte:
            return "".join(f"{byte}{unit:02x}" for unit in char.encode())
        code = ord(char)
        _, before, digits, after = next(row for row in escapes if code <= row[0])
        return f"{before}{code:0{digits}x}{after}"

    special = frozenset(letters)

    def quoted(text: str) -> str:
        if utf8 or byte:
            text = well_formed(text)
        if text.isprintable() and special.isdisjoint(text):
            return f"{quote}{text}{quote}"
        return quote + "".join(letters.get(c) or (c if c.isprintable() else escape(c)) for c in text) + quote

    return quoted
