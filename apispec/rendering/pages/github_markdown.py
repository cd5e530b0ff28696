"""What GitHub's Markdown has beyond CommonMark, as rules for markdown-it: alerts (`> [!NOTE]`) and task lists.

The tokens carry words alone; how they look is the stylesheet's.
"""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from apispec.words import N_

ALERTS = {
    "note": N_("Note"), "tip": N_("Tip"), "important": N_("Important"), "warning": N_("Warning"),
    "caution": N_("Caution"),
}  # fmt: skip
_ALERT = re.compile(r"\[!(" + "|".join(ALERTS) + r")\][^\S\n]*(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\]\s+(?=\S)")


def github(state: StateCore) -> None:
    """A core rule, for between blocks and what is inline: marks alerts and tasks, and takes out what says so."""
    for place, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            _alert(state.tokens, place)
        elif token.type == "list_item_open":
            _task(state.tokens, place)


def _alert(tokens: list[Token], place: int) -> None:
    """A quotation whose first line names a kind of alert, and that says something else as well."""
    first = _paragraph(tokens, place)
    found = _ALERT.match(first.content) if first is not None else None
    if first is None or found is None or tokens[place].level > 0:
        return
    rest = first.content[found.end() :]
    closing = next(i for i in range(place, len(tokens)) if _closes(tokens[i], tokens[place]))
    if not rest.strip() and closing == place + 4:
        return
    kind = found[1].lower()
    tokens[place].meta["alert"] = tokens[closing].meta["alert"] = kind
    first.content = rest
    if not rest.strip():
        first.children = []
        tokens[place + 1].hidden = tokens[place + 3].hidden = True


def _task(tokens: list[Token], place: int) -> None:
    """An item of a list that begins with a box."""
    first = _paragraph(tokens, place)
    found = _TASK.match(first.content) if first is not None else None
    if first is not None and found is not None:
        tokens[place].meta["task"] = "open" if found[1] == " " else "done"
        first.content = first.content[found.end() :]


def _paragraph(tokens: list[Token], place: int) -> Token | None:
    """The text of the paragraph that something begins with."""
    if [token.type for token in tokens[place + 1 : place + 3]] == ["paragraph_open", "inline"]:
        return tokens[place + 2]
    return None


def _closes(token: Token, opening: Token) -> bool:
    return token.type == "blockquote_close" and token.level == opening.level
