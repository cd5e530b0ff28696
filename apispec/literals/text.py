"""Values as literals of a language, shell quoting, percent encoding: the one home of escaping for snippets.

Values are JSON values, plus the few dataclasses below for what is only known or made when the snippet runs. The page's
script holds the same encoders in JavaScript; a test feeds both the same values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import quote

from pydantic_core import PydanticSerializationError, to_json

from apispec.model import Json

MAX_SAFE_INTEGER = 2**53 - 1
"""The largest integer that JavaScript numbers hold exactly (ECMA-262, Number.MAX_SAFE_INTEGER)."""

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_PLAIN_SHELL_WORD = re.compile(r"[A-Za-z0-9_@%+:,./-]+\Z")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTER_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class Env:
    """The value of an environment variable, read when the snippet runs."""

    name: str

    def __post_init__(self) -> None:
        if not _ENV_NAME.match(self.name):
            raise ValueError(f"not a name for an environment variable: {self.name!r}")


@dataclass(frozen=True, slots=True)
class EnvText:
    """Text with environment variables in it: `EnvText(("Bearer ", Env("API_TOKEN")))`."""

    parts: tuple[str | Env, ...]


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """The value of an `Authorization: Basic` header (RFC 7617), made when the snippet runs."""

    user: Env
    password: Env


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header's value beyond ASCII, to be sent as UTF-8: neither `requests` nor `fetch` does that with plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that the snippet sends along: small text, or base64 where it is binary."""

    filename: str
    content: str
    media_type: str
    is_base64: bool = False


def json_text(value: Json, indent: int | None = None) -> str:
    """JSON as RFC 8259 has it (no NaN), readable: text stays text, unprintable characters are escaped.

    Raises:
        ValueError: The value holds NaN or an infinity.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False) if indent is None else _indented(value, indent)
    if text.replace("\n", "").isprintable():
        return text
    # Outside strings JSON has printable characters and our own line breaks only, so what is left is inside strings.
    return text.translate({ord(c): _utf16_escape(c) for c in set(text) if not c.isprintable() and c != "\n"})


def _indented(value: Json, indent: int) -> str:
    """Indented JSON. The standard library indents in Python, which costs seconds for large documents."""
    try:
        text = to_json(value, indent=indent).decode()
    except PydanticSerializationError:  # lone surrogates, which only a Python string can hold
        return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    if "NaN" in text or "Infinity" in text:  # in a text, or as a number, which is refused here
        json.dumps(value, allow_nan=False)
    return text


def python(value: Any, *, column: int = 0, indent: int = 0, width: int = 88) -> str:
    """A Python expression that evaluates to the value, on one line where it fits.

    Args:
        value: A JSON value, non-finite floats and `EnvText` included.
        column: Where the literal starts on its line.
        indent: The indentation of that line.
        width: Lines are broken to stay within it where that can be done.
    """
    return _layout(value, _PYTHON, column, indent, width)


def javascript(value: Any, *, column: int = 0, indent: int = 0, width: int = 88) -> str:
    """A JavaScript expression that evaluates to the value; integers over `MAX_SAFE_INTEGER` lose digits there."""
    return _layout(value, _JAVASCRIPT, column, indent, width)


def json_layout(value: Json, *, column: int = 0, width: int = 88) -> str:
    """JSON on one line where it fits, else laid out as the literals of the other languages are."""
    return _layout(value, _JSON, column, 0, width)


def shell_quote(text: str | EnvText) -> str:
    """One word for sh, bash and zsh alike.

    Unprintable characters are written as octal escapes, so that what is seen is what is run; NUL, which no argument
    can hold, becomes U+FFFD.
    """
    if isinstance(text, EnvText):
        return '"' + "".join(_double_quoted(p) for p in text.parts) + '"'
    if text.replace("\n", "").isprintable():
        return _single_quoted(text)
    runs = _shell_runs(text)
    return "".join(f'"{part}"' if escaped else _single_quoted(part) for escaped, part in runs)


def shell_word(text: str) -> str:
    """Like `shell_quote`, without quotes where none are needed; `=` needs them (zsh expands a leading one)."""
    return text if _PLAIN_SHELL_WORD.match(text) else shell_quote(text)


def well_formed(text: str) -> str:
    """The text with U+FFFD for every lone surrogate, which UTF-8 cannot hold (`String.toWellFormed` in JavaScript)."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def percent_encode(text: str, safe: str = "") -> str:
    """Percent-encode all but unreserved characters (RFC 3986, 2.3) and `safe`; lone surrogates become U+FFFD."""
    return quote(well_formed(text), safe)


def exact_in_javascript(value: Json) -> bool:
    """Whether `JSON.stringify` of the value's JavaScript literal is the same JSON value again."""
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int):
        return abs(value) <= MAX_SAFE_INTEGER
    if isinstance(value, float):
        return value != 0 or repr(value) != "-0.0"
    if isinstance(value, list):
        return all(exact_in_javascript(v) for v in value)
    if isinstance(value, dict):
        return all(exact_in_javascript(v) for v in value.values())
    return True


@dataclass(frozen=True, slots=True)
class _Language:
    """What differs between the two notations for the same tree of values."""

    constants: dict[Any, str]
    number: Callable[[float], str]
    string: Callable[[str], str]
    key: Callable[[str], str]
    env: Callable[[str], str]
    header: Callable[[str], str]
    file: Callable[[LocalFile], str]
    step: int
    """How far one level is indented."""
    inner_spaces: bool
    """Whether braces are set off."""
    last_comma: bool
    """Whether the last of several rows ends with a comma."""


def _layout(value: Any, language: _Language, column: int, indent: int, width: int) -> str:
    flat = _flat(value, language)
    if not isinstance(value, (dict, list)) or not value or (column + len(flat) <= width and "\n" not in flat):
        return flat
    step = indent + language.step
    pad = " " * step
    rows = []
    if isinstance(value, dict):
        opening, closing = "{", "}"
        for key, item in value.items():
            head = f"{pad}{language.key(key)}: "
            rows.append(head + _layout(item, language, len(head), step, width - 1))
    else:
        opening, closing = "[", "]"
        rows.extend(pad + _layout(item, language, step, step, width - 1) for item in value)
    body = ",\n".join(rows) + ("," if language.last_comma else "")
    return f"{opening}\n{body}\n{' ' * indent}{closing}"


def _flat(value: Any, language: _Language) -> str:
    if value is None or value is True or value is False:
        return language.constants[value]
    if isinstance(value, str):
        return language.string(value)
    if isinstance(value, (int, float)):
        return language.number(value)
    if isinstance(value, EnvText):
        parts = [language.string(p) if isinstance(p, str) else language.env(p.name) for p in value.parts]
        return " + ".join(parts)
    if isinstance(value, BasicAuth):
        user, password = language.env(value.user.name), language.env(value.password.name)
        return f'"Basic " + Buffer.from({user} + ":" + {password}).toString("base64")'
    if isinstance(value, LocalFile):
        return language.file(value)
    if isinstance(value, HeaderText):
        return language.header(value.text)
    if isinstance(value, list):
        return "[" + ", ".join(_flat(v, language) for v in value) + "]"
    if isinstance(value, dict):
        inner = ", ".join(f"{language.key(k)}: {_flat(v, language)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner and language.inner_spaces else f"{{{inner}}}"
    raise TypeError(f"no literal for {type(value).__name__}")


def _python_number(value: float) -> str:
    text = repr(value)
    return f'float("{text}")' if text in ("inf", "-inf", "nan") else text


def _javascript_number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(value), repr(value))


def _string(escape: Callable[[str], str]) -> Callable[[str], str]:
    def quoted(text: str) -> str:
        if text.isprintable() and '"' not in text and "\\" not in text:
            return f'"{text}"'
        return '"' + "".join(_LETTER_ESCAPES.get(c) or (c if c.isprintable() else escape(c)) for c in text) + '"'

    return quoted


def _python_escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _utf16_escape(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def javascript_file(file: LocalFile) -> str:
    """A JavaScript `File` made in memory (W3C File API), in node and browsers."""
    text = _javascript_string(file.content)
    content = f"Uint8Array.from(atob({text}), (c) => c.charCodeAt(0))" if file.is_base64 else text
    return (
        f"new File([{content}], {_javascript_string(file.filename)}, {{ type: {_javascript_string(file.media_type)} }})"
    )


def _javascript_key(text: str) -> str:
    if text == "__proto__":  # a plain or quoted key would set the prototype (ECMA-262, B.3.1)
        return '["__proto__"]'
    return text if _IDENTIFIER.match(text) else _javascript_string(text)


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _double_quoted(part: str | Env) -> str:
    if isinstance(part, Env):
        return "${" + part.name + "}"
    # Interactive shells expand `!` inside double quotes.
    return "".join(
        text if escaped else f'"{_single_quoted(text)}"' if "!" in text else re.sub(r'([\\"$`])', r"\\\1", text)
        for escaped, text in _shell_runs(part)
    )


def _shell_runs(text: str) -> list[tuple[bool, str]]:
    """Runs of a text: as they are, or (True) as a command substitution that prints what should not stand there."""
    runs = []
    for plain, chars in groupby(well_formed(text.replace("\0", "\ufffd")), lambda c: c.isprintable() or c == "\n"):
        run = "".join(chars)
        octal = "".join(f"\\{byte:03o}" for byte in run.encode()) if not plain else ""
        runs.append((False, run) if plain else (True, f"$(printf '{octal}')"))
    return runs


_javascript_string = _string(_utf16_escape)
_PYTHON = _Language(
    constants={None: "None", True: "True", False: "False"},
    number=_python_number,
    string=_string(_python_escape),
    key=_string(_python_escape),
    env=lambda name: f'os.environ["{name}"]',
    header=lambda text: f"{_string(_python_escape)(text)}.encode()",
    file=lambda file: f"handle_file({_string(_python_escape)(file.filename)})",
    step=4,
    inner_spaces=False,
    last_comma=True,
)
_JAVASCRIPT = _Language(
    constants={None: "null", True: "true", False: "false"},
    number=_javascript_number,
    string=_javascript_string,
    key=_javascript_key,
    env=lambda name: f"process.env.{name}",
    header=lambda text: f"String.fromCharCode(...new TextEncoder().encode({_javascript_string(text)}))",
    file=javascript_file,
    step=2,
    inner_spaces=True,
    last_comma=True,
)
_JSON = replace(_JAVASCRIPT, key=_javascript_string, inner_spaces=False, last_comma=False)
