"""Docstrings in Google, NumPy, Sphinx, epytext and Markdown style, read into one form.

`parse` reads a text, `documented_calls` the calls that its examples show.
Comparing a docstring with a signature is not done here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from inspect import cleandoc

from apispec.introspection.docstrings.doctests import DocCall, blocks, documented_calls
from apispec.introspection.docstrings.model import STYLES, DocParameter, DocRaise, DocReturn, Docstring

__all__ = [
    "STYLES",
    "DocCall",
    "DocParameter",
    "DocRaise",
    "DocReturn",
    "Docstring",
    "documented_calls",
    "parse",
]

_PLAIN_LINE = re.compile(r"[^\n`:@\[\]>|#(]*")
"""One line in which no markup of any style can be."""


def parse(text: str, *, style: str | None = None, names: Collection[str] = ()) -> Docstring:
    """Read a docstring. Never raises: what has no recognisable structure is description.

    Args:
        text: The docstring as written, with or without its indentation.
        style: One of `STYLES`; found out from the text where None.
        names: The signature's parameter names, where known. They make `name -- text` sure where it has no heading.
    """
    if _PLAIN_LINE.fullmatch(text):
        return Docstring(summary=text.strip())
    from apispec.introspection.docstrings import style as styles
    from apispec.introspection.docstrings.google import parse_google
    from apispec.introspection.docstrings.text import opening

    text = cleandoc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if style in (None, "google") and (quick := parse_google(text)) is not None:
        return quick
    style = style or styles.detect(text, names)
    if style == "plain":
        summary, description, deprecated = opening(text.split("\n"))
        return Docstring(summary=summary, description=description, examples=blocks(text), deprecated=deprecated)
    from apispec.introspection.docstrings.read import read  # imports griffe, which a plain docstring need not pay for

    return read(text, style, names)
