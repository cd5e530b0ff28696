"""One documented parameter: its type apart from `optional` and the default, and the default wherever it is written."""

from __future__ import annotations

import re

from apispec.introspection.docstrings.markdown import inline
from apispec.introspection.docstrings.model import DocParameter
from apispec.introspection.docstrings.type_texts import looks_like_type

_OPTIONAL = re.compile(
    r"(?:^|[,;]\s*|\s+\()(?:optional|required|keyword[- ]only|positional[- ]only)\)?(?=\s*(?:$|,|;|\())", re.IGNORECASE
)
_DEFAULT = re.compile(
    r"(?:^|[,;]?\s*)\(?(?:\bby default|\bdefaults?(?:\s+(?:to|is|value))?)\s*[:=]?\s*(?P<value>[^\s].*?)\)?$",
    re.IGNORECASE,
)
_DEFAULT_IN_TEXT = re.compile(
    r"\(?\b(?:defaults?\s+(?:to|is|value(?:\s+is)?|[:=])|default[:=])\s*[:=]?\s*"
    r"(?P<value>`[^`]+`|'[^']*'|\"[^\"]*\"|[+-]?\d[\w.+-]*\b|True|False|None)(?=[\s.,;)]|$)",
    re.IGNORECASE,
)


def parameter(kind: str, description: str, default: str = "") -> DocParameter:
    """A parameter.

    Args:
        kind: The type as written, with what stands beside it: `int, optional, default 3`.
        description: Markdown.
        default: Where the type doesn't have it.
    """
    kind, written = split_type(kind) if kind else ("", "")
    if not description and " " in kind and not looks_like_type(kind):
        description = kind  # `G : NetworkX graph` says what it is where others say of which type
    default = written or default
    if not default and "efault" in description and (match := _DEFAULT_IN_TEXT.search(description)):
        default = match["value"].strip("`")
    return DocParameter(description=description, type=kind, default=default)


def split_type(text: str) -> tuple[str, str]:
    """A type text without `optional` and default, and the default."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    text = _OPTIONAL.sub("", text).strip(" ,;")
    default = ""
    if match := _DEFAULT.search(text):
        text, default = text[: match.start()], match["value"].strip().strip("`")
    return inline(text).replace("`", "").strip(" ,;"), default
