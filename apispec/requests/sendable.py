"""What can be sent safely: names, media types and values that no client takes for more than they are.

Documents name headers, parts and media types. A line break in one would begin another header; curl's `--form` reads
`name=@file` and `;headers=@file` in one. What can't be sent as it is meant is not sent, and the rule
`unsendable` says so. `templates/assets/script/request.js` has the same patterns.
"""

from __future__ import annotations

import re

_TCHAR = r"[!#$%&'*+.^_`|~0-9A-Za-z-]"
TOKEN = re.compile(f"{_TCHAR}+")
"""A method, a header's name, an authentication scheme (RFC 9110, 5.6.2)."""

COOKIE_NAME = re.compile(r"[^\x00-\x20\x7f(),;:<>=@\"\\/?{}]+")
"""RFC 6265 has tokens; brackets are sent by many."""

PART_NAME = re.compile(r"[^\x00-\x1f\x7f=]+")
"""The name of a part of a multipart body: curl's `--form` ends it at `=`, and has no way to write one."""

MEDIA_TYPE = re.compile(
    rf"{_TCHAR}+/{_TCHAR}+(?:[ \t]*;[ \t]*(?!(?:filename|headers|encoder|type)[ \t]*=)"
    rf"{_TCHAR}+=(?:{_TCHAR}+|\"[^\"\\\x00-\x1f\x7f]*\"))*(?:[ \t]*;)?",
    re.IGNORECASE,
)
"""RFC 9110, 8.3.1, less the parameters that curl's `--form` takes for its own."""

_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")


def header_value(text: str) -> str:
    """A text that stays one header's value: control characters, line breaks among them, become spaces; those around it,
    which are no part of a value (RFC 9110, 5.5) and which `requests` and httpx refuse to send, are left out.
    """
    return _CONTROLS.sub(" ", text).strip(" \t")
