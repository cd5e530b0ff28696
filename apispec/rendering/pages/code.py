"""Code: as highlighted HTML, in the form of Material for MkDocs' own blocks (copy button included), and as Markdown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from apispec.rendering.pages.text import DEFUSED, visible
from apispec.rendering.pages.views import CodeView

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LIMIT = 20_000
"""Longer texts are shown without colours: they cost more than anyone reads."""

_CODE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | DEFUSED)

_JSON = re.compile(
    r"""("(?:[^"\\\n]|\\.)*")(:)?|\b(true|false|null)\b|(-?\d+(?:(\.)\d+)?(?:([eE])[+-]?\d+)?)|&\#\d+;"""
)
"""Text, and the colon after a key; constants; numbers, and what makes one a float. On escaped text, whose references
hold digits. Examples are most of a large site's code, and Pygments takes four times as long."""


@lru_cache(maxsize=4096)
def highlight(text: str, language: str, *, plain: bool = False) -> Markup:
    """A block of code.

    Args:
        text: The code, as it is to be copied.
        language: A Pygments lexer's name; unknown or empty = plain text.
        plain: Whether the page's script is to colour it: colours are more than half of a block's text.
    """
    text = visible(text).strip("\n") + "\n"
    lexer = _lexer(language) if len(text) <= LIMIT else None
    if lexer is None or plain:
        body = text.translate(_CODE)
    elif language == "json":
        body = _JSON.sub(_json_token, text.translate(_CODE))
    elif language in _LINEWISE and all(map(_is_closed, text.split("\n"))):
        body = "".join([_coloured_line(line, language) for line in text.split("\n")[:-1]])
    else:
        body = _coloured(text, lexer)
    name = lexer.aliases[0] if lexer is not None else "text"
    later = " data-plain" if plain and lexer is not None else ""
    return Markup(f'<div class="language-{name} highlight"><pre><span></span><code{later}>{body}</code></pre></div>')


_LINEWISE = frozenset(("python", "javascript", "sh"))
"""Lexers whose every line begins in the same state, where no text, comment or expression goes on from the last."""
_PAIRED = re.compile(
    r"""(?:[^"'`#/\\\n<]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|/(?![*/])|<(?!<)|\\$)*"""
)


@lru_cache(maxsize=16_384)
def _is_closed(line: str) -> bool:
    """Whether nothing of a line goes on in the next: no quote is open, no comment, template or here-document begins."""
    return _PAIRED.fullmatch(line) is not None


@lru_cache(maxsize=16_384)
def _coloured_line(line: str, language: str) -> str:
    """A line, which many snippets share; colouring is a third of what they cost."""
    lexer = _lexer(language)
    assert lexer is not None
    return _coloured(line + "\n", lexer)


def _json_token(found: re.Match[str]) -> str:
    text, key, word, number, point, exponent = found.groups()
    if text:
        return f'<span class="nt">{text}</span>:' if key else f'<span class="s2">{text}</span>'
    if number:
        return f'<span class="{"mf" if point or exponent else "mi"}">{number}</span>'
    return f'<span class="kc">{word}</span>' if word else found.group()


def _coloured(text: str, lexer: Lexer) -> str:
    """Spans with Pygments' short class names, one for each run of tokens of one kind."""
    out: list[str] = []
    current, run = "", ""
    for kind, value in lexer.get_tokens(text):
        name = _class(kind)
        if name == current or value.isspace():
            run += value
            continue
        out.append(_span(current, run))
        current, run = name, value
    out.append(_span(current, run))
    return "".join(out)


def _span(name: str, text: str) -> str:
    """White space at the end of the run is left outside."""
    kept = text.rstrip()
    if not name or not kept:
        return text.translate(_CODE)
    return f'<span class="{name}">{kept.translate(_CODE)}</span>{text[len(kept) :]}'


@lru_cache(maxsize=512)
def _class(kind: _TokenType) -> str:
    """Pygments' short class of a token; plain for what themes don't colour: names, punctuation, operators, space."""
    from pygments.token import STANDARD_TYPES, Token

    if kind in (Token.Name, Token.Text, Token.Punctuation, Token.Text.Whitespace):
        return ""
    while kind is not None:
        if kind in STANDARD_TYPES:
            return str(STANDARD_TYPES[kind])
        kind = kind.parent
    return ""


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    if not language:
        return None
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def fenced(text: str, language: str = "") -> str:
    """A block of code in Markdown, whatever the code holds."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}"


def quoted(text: str) -> str:
    """Code inside a line of Markdown, whatever the code holds."""
    line = " ".join(visible(text).split())
    fence = "`" * (_longest_run(line) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else ""


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def code(label: str, text: str, language: str, *, plain: bool = False) -> CodeView:
    """A block of code that is no snippet; `plain`: coloured by the page's script."""
    html = highlight(text, language, plain=plain)
    return CodeView(label=label, language=language, lexer=language, html=html, text=text)
