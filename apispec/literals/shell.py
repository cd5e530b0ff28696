"""Quoting for sh, bash and zsh alike."""

from __future__ import annotations

import re
from itertools import groupby

from apispec.literals.text import well_formed
from apispec.literals.values import Env, EnvText

_PLAIN_WORD = re.compile(r"[A-Za-z0-9_@%+:,./-]+\Z")


def shell_quote(text: str | EnvText) -> str:
    """One word for sh, bash and zsh alike.

    Unprintable characters are written as octal escapes, so that what is seen is what is run; NUL, which no argument
    can hold, becomes U+FFFD.
    """
    if isinstance(text, EnvText):
        return '"' + "".join(_double_quoted(p) for p in text.parts) + '"'
    if text.replace("\n", "").isprintable():
        return _single_quoted(text)
    return "".join(f'"{part}"' if escaped else _single_quoted(part) for escaped, part in _runs(text))


def shell_word(text: str) -> str:
    """Like `shell_quote`, without quotes where none are needed; `=` needs them (zsh expands a leading one)."""
    return text if _PLAIN_WORD.match(text) else shell_quote(text)


_COMMAND = re.compile(r"(?<=\n)([ \t]*:)(?=:)|(#)(?=#\[)")
"""What would begin a command to the runner of GitHub Actions, where a snippet is printed into its log."""


def _single_quoted(text: str) -> str:
    return "'" + _COMMAND.sub(r"\1\2''", text.replace("'", "'\\''")) + "'"


def _double_quoted(part: str | Env) -> str:
    if isinstance(part, Env):
        return "${" + part.name + "}"
    # Interactive shells expand `!` inside double quotes.
    return "".join(
        text if escaped else f'"{_single_quoted(text)}"' if "!" in text else re.sub(r'([\\"$`])', r"\\\1", text)
        for escaped, text in _runs(part)
    )


def _runs(text: str) -> list[tuple[bool, str]]:
    """Runs of a text: as they are, or (True) as a command substitution that prints what should not stand there."""
    runs = []
    for plain, chars in groupby(well_formed(text.replace("\0", "\ufffd")), lambda c: c.isprintable() or c == "\n"):
        run = "".join(chars)
        octal = "".join(f"\\{byte:03o}" for byte in run.encode()) if not plain else ""
        runs.append((False, run) if plain else (True, f"$(printf '{octal}')"))
    return runs
