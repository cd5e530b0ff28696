"""The words of a command as shells take it apart: sh, bash and zsh, cmd.exe and PowerShell, as browsers copy it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apispec.errors import UsageError

_ANSI = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "E": "\x1b"}
_ANSI_CODE = re.compile(r"x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}")
_HERE = re.compile(r"<<-?\s*(['\"]?)(\w+)\1([^\n]*)\n(.*?)(?:^\s*\2\s*$|\Z)", re.DOTALL | re.MULTILINE)
_CMD = re.compile(r"\^[\"{}&|<>^%!]|\^\r?\n")
_CMD_CARET = re.compile(r"\^(?:(\r?\n[ \t]*)|(.?))", re.DOTALL)
_POWERSHELL = re.compile(r"`[ \t]*\r?\n")
_CURL = re.compile(r"(?<![\w.$-])(?:[\w.:~\\/-]*[/\\])?curl(?:\.exe)?(?=[\s^`]|$)", re.IGNORECASE)
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})


def curl_words(text: str) -> tuple[list[str], str | None]:
    """The words after `curl` of the first such command, and what it is given as standard input.

    Args:
        text: As it was typed or copied: with prompts, line continuations, pipes and redirections.

    Raises:
        UsageError: There is no such command, or a quotation does not end.
    """
    start = _CURL.search(text)
    if start is None:
        hint = "browsers copy one by “Copy as cURL”" if "Invoke-" in text or "fetch(" in text else ""
        raise UsageError("this is no cURL line", hint=hint or "give it in quotes, from curl to the end")
    text = text[start.end() :].strip()
    if not re.search("[\"']", text):
        text = text.translate(_CURLY)  # a word processor's
    if _CMD.search(text):
        return list(_windows(_CMD_CARET.sub(lambda found: " " if found[1] else found[2], text))), None
    if _POWERSHELL.search(text):
        return list(_powershell(_POWERSHELL.sub(" ", text))), None
    given = None
    here = _HERE.search(text)
    if here is not None:
        given = here[4].removesuffix("\n")
        text = text[: here.start()] + here[3] + text[here.end() :]
    return list(_posix(re.sub(r"\\[ \t]*\r?\n", " ", text))), given


def _posix(text: str) -> Iterator[str]:
    """Words of sh, with `$'…'` of bash. Variables stay as they are; an `&` within an address is no operator."""
    at, word, skip, depth = 0, None, False, 0
    while at < len(text):
        char = text[at]
        if char.isspace() or (char in "|;" or text.startswith("&&", at)) or (char == "&" and _alone(text, at)):
            if word is not None:
                if not skip:
                    yield word
                skip = False
            word = None
            at += 1
            if not char.isspace() or (char == "\n" and not text[at:].lstrip().startswith("-")):
                return
            continue
        if char in "<>" or (word is None and re.match(r"\d?>", text[at:])):
            if word is not None and not skip:
                yield word
            found = re.compile(r"\d?[<>]+&?\d?").match(text, at)
            assert found is not None
            skip, word, at = found[0][-1] in "<>", None, found.end()
            continue
        if char == ")" and not depth:
            break
        depth += {"(": 1, ")": -1}.get(char, 0)
        piece, at = _piece(text, at)
        word = (word or "") + piece
    if word is not None and not skip:
        yield word


def _alone(text: str, at: int) -> bool:
    return text[at + 1 : at + 2] in ("", " ", "\n", "\t")


def _piece(text: str, at: int) -> tuple[str, int]:
    """A quotation or a character, and where it ends."""
    char = text[at]
    if text.startswith("$'", at):
        return _ansi(text, at + 2)
    if text.startswith('$"', at):
        return _piece(text, at + 1)
    if char == "'":
        end = text.find("'", at + 1)
        if end < 0:
            raise _unended(text, at)
        return text[at + 1 : end], end + 1
    if char == '"':
        out, i = "", at + 1
        while i < len(text) and text[i] != '"':
            if text[i] == "\\" and text[i + 1 : i + 2] in ('"', "\\", "$", "`"):
                i += 1
            out += text[i]
            i += 1
        if i >= len(text):
            raise _unended(text, at)
        return out, i + 1
    if char == "\\":
        return text[at + 1 : at + 2], at + 2
    return char, at + 1


def _ansi(text: str, at: int) -> tuple[str, int]:
    """`$'…'`, as bash and zsh read it."""
    out, i = "", at
    while i < len(text) and text[i] != "'":
        if text[i] != "\\":
            out += text[i]
            i += 1
            continue
        code = _ANSI_CODE.match(text, i + 1)
        if code is not None:
            digits = code[0].lstrip("xuU")
            number = int(digits, 8 if code[0][0].isdigit() else 16)
            out += chr(number) if number < 0x110000 else "\ufffd"
            i = code.end()
        else:
            letter = text[i + 1 : i + 2]
            out += _ANSI.get(letter, letter)
            i += 2
    if i >= len(text):
        raise _unended(text, at - 2)
    return out.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), i + 1


def _windows(text: str) -> Iterator[str]:
    r"""Words as programs on Windows find them: `\"` and `""` are quotation marks within quotation marks."""
    word, quoted, i = None, False, 0
    while i < len(text):
        char = text[i]
        slashes = re.compile(r"\\+(?=\")").match(text, i)
        if slashes is not None:
            count = len(slashes[0])
            word = (word or "") + "\\" * (count // 2) + ('"' if count % 2 else "")
            i = slashes.end() + count % 2
        elif char == '"':
            if quoted and text[i + 1 : i + 2] == '"':
                word, i = (word or "") + '"', i + 2
                continue
            quoted, word, i = not quoted, word or "", i + 1
        elif char.isspace() and not quoted:
            if word is not None:
                yield word
            word, i = None, i + 1
        else:
            word, i = (word or "") + char, i + 1
    if word is not None:
        yield word


def _powershell(text: str) -> Iterator[str]:
    """Words of PowerShell: `''` and `""` are quotation marks within their own kind, a backtick escapes."""
    word, quote, i = None, "", 0
    while i < len(text):
        char = text[i]
        if char == "`" and quote != "'" and i + 1 < len(text):
            word, i = (word or "") + {"n": "\n", "r": "\r", "t": "\t"}.get(text[i + 1], text[i + 1]), i + 2
        elif quote and char == quote:
            if text[i + 1 : i + 2] == quote:
                word, i = (word or "") + quote, i + 2
            else:
                quote, i = "", i + 1
        elif char in "'\"" and not quote:
            quote, word, i = char, word or "", i + 1
        elif char.isspace() and not quote:
            if word is not None:
                yield word
            word, i = None, i + 1
        else:
            word, i = (word or "") + char, i + 1
    if word is not None:
        yield word


def _unended(text: str, at: int) -> UsageError:
    return UsageError(
        f"a quotation does not end: {text[at : at + 40]!r}",
        hint='put the line into a file, and give it by --from-curl "$(cat FILE)"',
    )
