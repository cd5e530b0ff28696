"""In which version a field came, changed or goes: told by what the pages of two versions say at the same id.

Ids of fields are functions of names alone, so a field is the same field in every version. What is compared is what
readers see of it besides its words and examples: type, whether it is required, default, limits and values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from apispec.rendering.pages.layout import SCHEMAS
from apispec.words import _

Fields = Mapping[str, str]
"""What is said of each field, answer and body of a version, by its id; of operations and components nothing."""

_HEADING = re.compile(r"\{#(\S+) \.api-heading\}")
_MORE = r"""<p class="api-limits"><span>.*?</p>|<p class="api-choices">.*?</p>|<div class="api-words">.*?</div>"""
_FIELD = re.compile(
    r"""<li class="api-field[^"]*" id="([^"]+)"[^>]*>\n"""
    r"""<p class="api-field-head">(.*?)(<a class="api-here"[^>]*></a>)?</p>"""
    rf"""((?:\s*(?:{_MORE}))*)""",
    re.DOTALL,
)
_LIMITS = re.compile(r'<p class="api-(?:limits|choices)">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def fields_of(pages: Mapping[str, str | bytes]) -> dict[str, str]:
    """What the pages say of each field, by the kind of page and its id."""
    found: dict[str, str] = {}
    for path, page in pages.items():
        if isinstance(page, str) and path.endswith(".md"):
            kind = _kind(path)
            found.update(dict.fromkeys((kind + name for name in _HEADING.findall(page)), ""))
            for name, head, _here, more in _FIELD.findall(page):
                said = [head, *_LIMITS.findall(more)]
                found[kind + name] = " ".join(" ".join(_TAG.sub(" ", part).split()) for part in said)
    return found


def marked(page: str, path: str, versions: Sequence[tuple[str, Fields]], position: int) -> str:
    """A page with marks at the fields that are not in every version, or not the same.

    Args:
        page: The page of one version, as Markdown.
        path: Its path.
        versions: Names and fields of the versions up to the one after this, oldest first.
        position: Which of them the page is of.
    """

    def with_marks(found: re.Match[str]) -> str:
        marks = "".join(
            f' <span class="api-badge api-since-{kind}">{escape(words)}</span>'
            for kind, words in _marks(_kind(path) + found[1], versions, position)
        )
        return found[0][: found.end(2) - found.start()] + marks + found[0][found.end(2) - found.start() :]

    return _FIELD.sub(with_marks, page) if path.endswith(".md") else page


def _marks(name: str, versions: Sequence[tuple[str, Fields]], position: int) -> list[tuple[str, str]]:
    marks: list[tuple[str, str]] = []
    came = _came(name, versions, position)
    whole = _whole(name, versions[position][1])
    if came and not (whole and _came(whole, versions, position) == came):  # it did not come with what it is part of
        marks.append(("new", _("new in {version}", version=versions[came][0])))
    for number in range(position, came, -1):
        if versions[number][1][name] != versions[number - 1][1][name]:
            marks.append(("changed", _("changed in {version}", version=versions[number][0])))
            break
    if position + 1 < len(versions):
        later, after = versions[position + 1]
        if name not in after and not (whole and whole not in after):
            marks.append(("removed", _("removed in {version}", version=later)))
    return marks


def _came(name: str, versions: Sequence[tuple[str, Fields]], position: int) -> int:
    while position and name in versions[position - 1][1]:
        position -= 1
    return position


def _whole(name: str, fields: Fields) -> str:
    """The id of what a field is part of; empty where nothing is known of that."""
    for end in range(len(name) - 1, 0, -1):
        if name[end] in ".:" and name[:end] in fields:
            return name[:end]
    return ""


def _kind(path: str) -> str:
    return "schema " if path.startswith(SCHEMAS.removesuffix("index.md")) else ""
