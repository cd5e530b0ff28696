"""Untrusted text on its way into pages: names, types and defaults of other people, none of which may become markup.

`escape` is for text inside our HTML, `heading` for the few words that stand in the Markdown of a page itself, `slug`
for anchors and file names. Descriptions, which are Markdown themselves, go through `descriptions`, code through `code`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

DEFUSED = {"{": "&#123;", "}": "&#125;", "`": "&#96;", "~": "&#126;"}
"""Characters that a template engine (`{{`), a fence (backticks, `~~~`) or a Markdown extension looks for even inside
HTML blocks, since such things run before Markdown knows what is HTML. As references they are not found."""

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"} | DEFUSED)

_SPECIAL = re.compile(r"""[^ \n\t!#$%()*+,\-./0-9:;=?@A-Z\[\\\]^_a-z|]""")
"""Any character that is not printed as it is; most names and values have none."""

_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **dict.fromkeys((*range(128, 160), *range(55296, 57344), 65534, 65535), "�"),
    0x2028: "\n",
    0x2029: "\n",
}


def visible(text: str) -> str:
    """The text with newlines for line ends, control characters as the pictures that Unicode has for them, and what no
    UTF-8 page can hold as U+FFFD; everything else as it is.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)


def escape(value: object) -> Markup:
    """Text for HTML content and quoted attributes. `Markup` is passed through."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    return Markup(visible(text).translate(_HTML) if _SPECIAL.search(text) else text)


def one_line(text: str) -> str:
    """The text on one line, for titles and attributes."""
    return " ".join(visible(text).split())


def heading(text: str) -> Markup:
    """Words inside a line of Markdown: every ASCII character that could mean something there as a reference."""
    return Markup("".join(c if c.isalnum() or c == " " or ord(c) > 0x7F else f"&#{ord(c)};" for c in one_line(text)))


@lru_cache(maxsize=4096)
def keys(names: tuple[str, ...]) -> tuple[str, ...]:
    """Ids for things of one list by their names (`slug`), apart from each other; the same names, the same ids."""
    taken: set[str] = set()
    found = []
    for name in names:
        text = base = slug(name) if name else ""
        number = 1
        while text in taken:
            number += 1
            text = f"{base}-{number}"
        taken.add(text)
        found.append(text)
    return tuple(found)


def slug(text: str) -> str:
    """ASCII letters, digits, `_` and `-` for anchors and file names; never empty, and apart from the theme's own ids,
    which begin with two underscores.
    """
    kept = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")
    if not kept or kept.startswith("__"):
        return "x" + (kept or "-".join(f"{ord(c):x}" for c in text[:8]))
    return kept
