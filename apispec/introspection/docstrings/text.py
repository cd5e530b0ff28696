"""The running text of a docstring: signature lines, summary, description, deprecation directives. No griffe here."""

from __future__ import annotations

import re

from apispec.introspection.docstrings.markdown import inline, tidy

_SIGNATURE = re.compile(r"[A-Za-z_][\w.]*\([^\n]*\)(?:\s*->\s*[^\n]*)?")
_SIGNATURE_TEXT = re.compile(r"[A-Za-z_][\w.]*\([^\n]*\)(?:\s*->\s*[^-\n]*)?\s+--\s+(?P<text>\S.*)")
_DEPRECATED = re.compile(r"^(?P<indent>[ \t]*)\.\.[ \t]+deprecated::[ \t]*(?P<version>\S*)[ \t]*(?P<text>.*)$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(\[])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|approx|resp|No|Dr|Mr|St)|\b[A-Z])\.$")

LONG = 160
"""A first paragraph longer than this many characters is not a summary; its first sentence is."""


def opening(lines: list[str]) -> tuple[str, str, str | None]:
    """Summary (one line), description (Markdown) and deprecation of the text outside the sections."""
    lines, deprecated = _without_deprecation(_without_signature(lines))
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    while end < len(lines) and lines[end].strip():
        end += 1
    paragraph = [line.strip() for line in lines[start:end]]
    if (
        not paragraph
        or paragraph[0].startswith((">>>", "```", "..", "- ", "* ", "|"))
        or re.match(r"#{1,6} ", paragraph[0])
    ):
        title = re.sub(r"^#{1,6} +| +#+$", "", paragraph[0]) if paragraph and paragraph[0].startswith("#") else ""
        rest = lines[start + 1 :] if title else lines[start:]
        return inline(title), tidy("\n".join(rest)), deprecated
    # A list, or code, right below the first lines is no part of the summary.
    stop = next(
        (i for i, line in enumerate(paragraph[1:], 1) if re.match(r"(?:[-*+•] |\d+[.)] |>>> |```|\.\. )", line)),
        len(paragraph),
    )
    rest = lines[start + stop : end]
    if stop > 1 and re.fullmatch(r"([=\-~^\"'#*])\1{2,}", paragraph[1]):
        paragraph, rest, stop = paragraph[:1], lines[start + 2 : end], 1  # a title underlined
    summary, remainder = _first_sentence(inline(" ".join(paragraph[:stop])))
    if summary.endswith("::"):
        summary = summary[:-1]
        rest = ["::", *rest]  # the literal block that follows stays one
    description = tidy("\n".join([*([remainder] if remainder else []), *rest, *lines[end:]]))
    return summary, description, deprecated


def _first_sentence(text: str) -> tuple[str, str]:
    if len(text) <= LONG:
        return text, ""
    for match in _SENTENCE.finditer(text):
        head = text[: match.start()]
        if not _ABBREVIATION.search(head) and head.count("`") % 2 == 0:
            return head, text[match.end() :]
    return text, ""


def _without_signature(lines: list[str]) -> list[str]:
    """Without the signatures that docstrings of C functions begin with."""
    start = 0
    while start < len(lines) and (not lines[start].strip() or _SIGNATURE.fullmatch(lines[start].strip())):
        if match := _SIGNATURE_TEXT.fullmatch(lines[start].strip()):
            return [match["text"], *lines[start + 1 :]]
        start += 1
    return lines[start:] if any(line.strip() for line in lines[start:]) else []


def _without_deprecation(lines: list[str]) -> tuple[list[str], str | None]:
    """Take out `.. deprecated:: VERSION text`."""
    for i, line in enumerate(lines):
        match = _DEPRECATED.match(line)
        if not match:
            continue
        end = i + 1
        width = len(match["indent"])
        while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > width):
            end += 1
        since = f"Since {match['version']}." if match["version"] else ""
        words = " ".join([since, match["text"], *lines[i + 1 : end]]).split()
        return [*lines[:i], "", *lines[end:]], inline(" ".join(words))
    return lines, None
