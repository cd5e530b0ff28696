"""Bytes to text: encodings, byte order marks, and characters that no document may contain."""

from __future__ import annotations

import codecs
import re

from apispec.documents.problems import UnreadableError, place

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

LONE_SURROGATE = re.compile(
    r"(?<!\\)(?:\\\\)*\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[dD][c-fC-F][0-9a-fA-F]{2})"
)
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def decode(data: bytes) -> str:
    """The text of a document: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so.

    Raises:
        UnreadableError: The bytes are not text, or there is nothing but space.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line, column = place(data[: error.start].decode(encoding, "replace"), len(data))
        raise UnreadableError(
            "wrong-encoding",
            f"The file is not {encoding.removesuffix('-sig').upper()}: byte 0x{data[error.start]:02x} cannot be read.",
            line=line,
            column=column,
            hint="Save the file as UTF-8.",
        ) from None
    if not text.strip():
        raise UnreadableError(
            "empty-document", "The file is empty.", offset=0, hint="An OpenAPI document starts with `openapi:`."
        )
    if "\0" in text:
        line, column = place(text, text.index("\0"))
        message = "The file contains a NUL character."
        raise UnreadableError("wrong-encoding", message, line=line, column=column, hint="Save the file as UTF-8.")
    return text


def lone_surrogate(text: str) -> int | None:
    r"""The offset of an escape such as `\ud800` that is half a character; such text cannot be written anywhere."""
    if "\\ud" not in text and "\\uD" not in text:
        return None
    blanked = _PAIR.sub(lambda match: " " * len(match.group()), text)
    match = LONE_SURROGATE.search(blanked)
    return match.end() - 6 if match else None
