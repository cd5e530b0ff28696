"""What templates and scripts say without marking it as words, as far as it can be told from names and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.jslexer import tokenize

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SEEN = re.compile(r"""\b(?:aria-label|title|placeholder|alt)="([^"]*)\"""")
_TEXT = re.compile(r"""(?<![\w(])(?:"([^"]*)"|'([^']*)')""")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[A-Z][a-z]+(?: [a-z]+)*\.?")

IN_TEMPLATES = frozenset(
    {
        "title:", "description:", "about:", "hide:", "- toc", "- navigation", "render_macros: false",  # front matter
        "POST …/call/NAME", "event_id", "GET …/call/NAME/EVENT_ID", "generating …", "complete",  # what travels
    }
)  # fmt: skip
"""What stands in templates and is nobody's language."""

IN_SCRIPTS = re.compile(
    r"""use\ strict|Basic\ .*|Bearer|Content-Type|Accept|Authorization|Cookie|Escape|Enter|Tab|Arrow\w+|AbortError|Esc|JSON
    |Length|Items|Properties  # of schemas' keywords
    |.*(?:api-|md-|\[|<svg|<datalist|\.\.\.|\#|>).*  # classes, selectors, elements
    |article\ h1|input,\ .*|button,input|\(pointer:.*|noopener\ noreferrer|apispec[:.].*|--\$\{.*|[\w\s,]*Disposition.*|.*Content-Type:.*
    |\ [:&|]\ .*|object\ &\ .*|(?:array|map)\ of|no\ literal\ for|a\ name|a\ an\ the\ of.*  # types, search
    |cannot\ be\ loaded|multipart/form-data.*
    |(?:import|const|with|None|null|from)\ .*  # keywords that are coloured
    |apispec\ serve\ TARGET.*|Access-Control-Allow-Origin:.*|null,\ 1.*
    """,
    re.VERBOSE | re.DOTALL,
)
"""What stands in scripts and is nobody's language."""


def in_template(text: str) -> Iterator[str]:
    """What a template of pages or copies says without marking it."""
    for code in _JINJA.findall(text):
        if code.startswith("{#"):
            continue
        for found in re.finditer(r"""(_n?\()?\s*(?:"([^"]*)"|'([^']*)')""", code):
            said = found[2] or found[3] or ""
            if not found[1] and _SENTENCE.fullmatch(said) and "_n(" not in code[: found.start()][-80:]:
                yield said
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for line in _JINJA.sub("\0", text).splitlines():
        for seen in _SEEN.findall(line):
            if _WORD.search(seen.replace("\0", "")):
                yield seen
        for said in re.split("\0", _TAG.sub("\0", line)):
            plain = said.strip()
            if _WORD.search(plain) and plain not in IN_TEMPLATES and not re.fullmatch(r"\.api-[a-z]+\}", plain):
                yield plain


def in_script(path: Path) -> Iterator[str]:
    """What a script says without marking it."""
    before: list[str] = []
    for token in tokenize(path.read_text(encoding="utf-8"), jsx=False):
        if token.type in ("string", "template_string"):
            said = token.value[1:-1]
            marked = any(_is_call(before[at : at + 2]) for at in (len(before) - 2, len(before) - 4) if at >= 0)
            fixed = re.sub(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "\0", said)
            parts = [said] if token.type == "string" else fixed.split("\0")
            for part in () if marked else parts:
                sounds = re.search(r"[A-Za-z]{2,}[,.:;]? [a-z]", part) or re.fullmatch(r"\s*[A-Z][a-z]+[ :]*", part)
                if (
                    sounds
                    and not IN_SCRIPTS.fullmatch(part.strip())
                    and not IN_SCRIPTS.fullmatch(fixed.replace("\0", "${}"))
                ):
                    yield part.strip()
        before.append(token.value)


def _is_call(tokens: list[str]) -> bool:
    """Whether words begin behind these: `_(`, and `_n("one",`, each perhaps of an object."""
    return tokens[1:] == ["("] and re.search(r"(^|\.)_n?$", tokens[0]) is not None
