"""Our script and stylesheet without what only their readers need: comments, indentation, spaces.

Made for `templates/assets/` and nothing else: what it takes for granted stands with each function.
"""

from __future__ import annotations

import re

_COMMENTS = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*\n|//[^\n]*\n)", re.MULTILINE | re.DOTALL)
_TRAILING = re.compile(r"(?<=[;,{(\[)\]}]) // .*$", re.MULTILINE)
_INDENTATION = re.compile(r"^\s+", re.MULTILINE)
_STRING = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'"
_TEMPLATE = r"`(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*`"
_REGEX = r" *(?:[=(,:!&|?\[{};>]|\breturn) */(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
_LAST = r";\s*(?=\})|,\s*(?=[)\]}])"
_MARKS = rf"(?:(?!{_LAST})[=,:?&|{{}}()<>;\[\]!*])+|[+-](?=\s+[^+\s-])"
_SCRIPT_TOKENS = re.compile(
    rf"(?P<kept>{_STRING}|{_TEMPLATE}|{_REGEX})|\b(?P<const>const)(?= )|\s*(?P<mark>{_MARKS})\s*|{_LAST}"
)
_STYLE_TOKENS = re.compile(rf"(?P<kept>{_STRING})|(?<=[\w-])(?P<mark>:) |\s*(?P<brace>[{{}};,])\s*")


def script(text: str) -> str:
    """A script that does the same, as smaller text: what is constant is so for its readers.

    Every statement ends with its semicolon, and none is empty. No comment ends a line but after a bracket, comma or
    semicolon. A template literal stands on one line and holds other ones only one deep, without braces in them.
    """
    bare = _TRAILING.sub("", _COMMENTS.sub("", text))
    lines = _INDENTATION.sub("", bare)
    return _SCRIPT_TOKENS.sub(_smaller, lines).strip("\n")


def _smaller(found: re.Match[str]) -> str:
    return "let" if found["const"] else found["kept"] or found["mark"] or ""


def style(text: str) -> str:
    """A stylesheet that says the same, as smaller text. Comments stand on lines of their own."""
    lines = _COMMENTS.sub("", text)
    return _STYLE_TOKENS.sub(lambda found: found["kept"] or found["mark"] or found["brace"], lines).strip("\n")
