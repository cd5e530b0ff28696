"""Descriptions, which are Markdown by strangers, as HTML that can do nothing but be read.

CommonMark with what GitHub adds: tables, strikethrough, alerts, task lists. Raw HTML is text, but for pairs of the few
tags that say what Markdown says, too, and that many documents are written in; links lead to http, https, mailto or the
same site; images become links, since a page asks no other place for anything; headings become bold lines, since the
outline is ours.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from apispec.rendering.pages.code import highlight
from apispec.rendering.pages.github_markdown import ALERTS, github
from apispec.rendering.pages.text import DEFUSED, escape, one_line, visible
from apispec.words import _, language

_DEFUSE = str.maketrans(DEFUSED)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.;:()/%?+'-]*[A-Za-z0-9,.;:()/%?+'-])?\Z")
"""A line in which nothing means anything to CommonMark or HTML: a paragraph as it stands. Most descriptions are one."""
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})

_TAGS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), replacement)
    for pattern, replacement in (
        (r"<code>([^<>\n]+)</code>", lambda found: f"`{unescape(found[1])}`"),
        (r"""<a\s[^<>]*?href=["']([^"'<>\s]+)["'][^<>]*>([^<>\[\]]+)</a>""", r"[\2](\1)"),
        (r"<(b|strong)>\s*([^<>]*[^<>\s])\s*</\1>", r"**\2**"),
        (r"<(i|em)>\s*([^<>]*[^<>\s])\s*</\1>", r"*\2*"),
        (r"\s*<li>\s*((?:(?!</?(?:li|ul|ol|p)>).)*?)\s*</li>\s*", r"\n- \1"),
        (r"\s*<(ul|ol)>((?:(?!</?(?:ul|ol|p)>).)*)</\1>\s*", r"\n\n\2\n\n"),
        (r"[^\S\n]*<p>\s*((?:(?!</?p>).)*?)\s*</p>[^\S\n]*", r"\n\n\1\n\n"),
        (r"<br\s*/?>\s*", "  \n"),
    )
)
"""HTML, in pairs of tags, and the Markdown that says the same; what comes later may hold what comes before."""

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
Tokens = Sequence[Token]
Env = MutableMapping[str, Any]


def markdown(text: str) -> Markup:
    """A description as safe HTML; empty where there is none."""
    return _markdown(text, language())


@lru_cache(maxsize=4096)
def _markdown(text: str, language: str) -> Markup:  # which the titles of alerts are in
    if _PLAIN.match(text):
        return Markup(f"<p>{text}</p>")
    return _guarded(_parser().render(_as_markdown(visible(text)))) if text.strip() else Markup("")


def inline(text: str) -> Markup:
    """One line of Markdown as safe HTML without a paragraph around it."""
    line = one_line(text)
    if _PLAIN.match(line):
        return Markup(line)
    html = _parser().renderInline(_as_markdown(line).strip()) if line else ""
    return _guarded(html.replace("<br />\n", " "))


def _as_markdown(text: str) -> str:
    """The text with its HTML for paragraphs, lists, emphasis, code and links as Markdown. Text with code of its own,
    which may be about HTML, stays as it is.
    """
    if "</" not in text or "`" in text or "~~~" in text:
        return text
    for tag, markdown_ in _TAGS:
        text = tag.sub(markdown_, text)
    return text


def is_safe_link(url: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or a relative address."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme.group(1).lower() in _SAFE_SCHEMES


def _guarded(html: str) -> Markup:
    return Markup(html.strip().translate(_DEFUSE))


class _Renderer(RendererHTML):
    """markdown-it's renderer: each method is called for the token of its name."""

    def fence(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        token = tokens[idx]
        words = token.info.split()
        language = words[0] if words else ""
        return highlight(token.content, "pycon" if token.content.startswith(">>> ") else language) + "\n"

    def code_block(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return self.fence(tokens, idx, options, env)

    def image(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        words = "".join(child.content for child in tokens[idx].children or []) or _("image")
        return f"{self._link(tokens[idx].attrGet('src'))}{escape(words)}</a>"

    def link_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return self._link(tokens[idx].attrGet("href"))

    def heading_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return '<p class="api-subheading">'

    def heading_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return "</p>\n"

    def blockquote_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        kind = tokens[idx].meta.get("alert")
        if kind is None:
            return "<blockquote>\n"
        return f'<div class="api-alert api-alert-{kind}"><p class="api-alert-title">{escape(_(ALERTS[kind]))}</p>\n'

    def blockquote_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return "</div>\n" if "alert" in tokens[idx].meta else "</blockquote>\n"

    def list_item_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        state = tokens[idx].meta.get("task")
        if state is None:
            return "<li>"
        box = "☑" if state == "done" else "☐"
        return f'<li class="api-task"><span role="img" aria-label="{state}">{box}</span> '

    def table_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return '<div class="api-table"><table>\n'

    def table_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return self._cell(tokens[idx])

    def td_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return self._cell(tokens[idx])

    def _cell(self, token: Token) -> str:
        """Aligned by a class: an inline style would break a site's Content-Security-Policy."""
        side = str(token.attrGet("style") or "").removeprefix("text-align:")
        return f'<{token.tag} class="api-{side}">' if side in ("left", "right", "center") else f"<{token.tag}>"

    def _link(self, url: str | int | float | None) -> str:
        return f'<a href="{escape(url or "")}" rel="nofollow noopener">'


def _line_break(state: StateInline, silent: bool) -> bool:
    """`<br>`, the tag that says what Markdown cannot: in cells of tables, beside code. At the end it is nothing."""
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent and state.src[found.end() :].strip():
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    parser.core.ruler.after("block", "github", github)
    parser.inline.ruler.before("autolink", "line_break", _line_break)
    parser.validateLink = is_safe_link  # type: ignore[method-assign] # markdown-it's way to set it
    return parser
