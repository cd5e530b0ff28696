"""The frame of pages that are many: header, navigation and what the theme's script needs, once for each branch of the
navigation, in a script that every page of it loads and browsers keep. In each page of Microsoft's Graph it would be a
third of the site.

The script is a parser-blocking one that stands where the sidebar does, so that nothing moves while a page is shown and
the theme's own script finds all it looks for. What the theme has as inline scripts in the frame are statements of ours:
no content policy has to allow them. Without JavaScript a page has the theme's path to it, and those before and after.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from apispec.templating import templates_dir

FRAMED = 1_000
"""From so many alike pages on, they get their frames from scripts."""

RUN = 64
"""So many entries of the navigation are in one script, and shown around a page."""

FOLDER = "assets/frame"

Leaf = tuple[str, str, str, bool]
"""One of the many: title, address from the site's root, method, whether it is deprecated."""

_SCRIPT = re.compile(
    r"<script>((?:__md_scope=|var [a-z]+=(?:__md_get\(|document\.getElementById\(location)).*?)</script>", re.DOTALL
)
"""The theme's inline scripts; those of a user's templates stay where they are."""
_PARTS = {
    "scope": r"<script>__md_scope=.*?</script>",
    "before": r'<input class="md-toggle" data-md-toggle="drawer".*?(?=<div data-md-component="skip")',
    "header": r'<div data-md-component="announce".*?</header>(?:\s*<nav class="md-tabs".*?</nav>)?',
    "sidebar": r'<div class="md-sidebar md-sidebar--primary".*?(?=<div class="md-content")',
    "top": r'<button type="button" class="md-top.*?</button>',
    "meta": r'<div class="md-footer-meta.*?(?=</footer>)',
    "dialog": r'<div class="md-dialog".*?(?=<script)',
    "config": r'<script id="__config"[^>]*>.*?</script>',
}
"""What stands in the script, by what finds it in a page of the theme."""
_OPTIONAL = frozenset({"top", "meta"})
_ARROW = re.compile(r'(<div class="md-footer__button md-icon">)(.*?)(?=</div>)', re.DOTALL)
_REL = re.compile(r"\0rel-(?:prev|next)\0\n?")


RUN_PLACE = "\0run\0"
"""In a form: where the scripts are loaded."""


@dataclass(frozen=True)
class Frame:
    """The frame of the pages of one branch."""

    form: str
    """Such a page without it, with `RUN_PLACE` where the script stands."""
    text: str
    """The script, but for the entries of the navigation."""


def frame(form: str, *, root: str, nav: str, item: str, own: str, title: str, arrows: dict[str, str]) -> Frame | None:
    """Take a form apart; None where the theme has been changed so that it is not known.

    Args:
        form: The page's HTML, with places for what differs.
        root: What links to other pages begin with in it.
        nav: The place of the entries of the navigation in it.
        item: An entry of the navigation, with NUL, `href` or `name`, NUL where these stand.
        own: That of the page itself.
        title: The place of the page's title.
        arrows: What stands beside the links to the pages around it.
    """
    found: dict[str, str] = {}
    for name, pattern in _PARTS.items():
        part = re.search(pattern, form, re.DOTALL)
        if part is None and name not in _OPTIONAL:
            return None
        found[name] = part.group() if part else ""
    if nav not in found["sidebar"] or RUN_PLACE in form:
        return None
    for name, text in found.items():
        form = form.replace(text, f"{RUN_PLACE}\n" if name == "sidebar" else "", 1) if text else form
    shown, first = _parted(found)
    if any("<script" in text for name, text in shown.items() if name != "config"):
        return None
    form, last = _scripts(form)
    form = _REL.sub("", form)
    head, at_once = first[:1], first[1:]
    data = {"root": root, "nav": nav, "title": title, "parts": {**shown, "item": item, "own": own, "arrows": arrows}}
    later = "\n".join(f"{script};" for script in last)
    statements = [
        *head,
        f"var apispecFrame={_json(data)}",
        f"apispecFrame.later=function(){{{later}}}",
        _script(),
        *at_once,
    ]
    return Frame(form, "".join(f"{one.strip().rstrip(';')};\n" for one in statements))


def unarrowed(link: str) -> tuple[str, str]:
    """A link of the footer without its arrow, and that."""
    found = _ARROW.search(link)
    return _ARROW.sub(r"\1", link), found[2].strip() if found else ""


def run(leaves: Sequence[Leaf]) -> str:
    """The script of some entries of the navigation."""
    return f"var apispecRun={_json(leaves)};\n"


def tags(root: str, number: int, at: int, count: int) -> str:
    """What loads the scripts of a page.

    Args:
        root: From the page to the site's root: `../../`.
        number: Which branch the page is of.
        at: Which page of the branch it is.
        count: How many that has.
    """
    run_of = f'<script src="{root}{path(number, at // RUN)}"></script>\n' if count > RUN else ""
    return f'{run_of}<script src="{root}{path(number)}" data-at="{at % RUN}"></script>'


def path(number: int, part: int | None = None) -> str:
    """Of a branch's script, or of that of one run of its pages."""
    return f"{FOLDER}/{number}{'' if part is None else f'-{part}'}.js"


def _parted(found: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The parts without their inline scripts, and those."""
    shown, scripts = {}, []
    for name, text in found.items():
        shown[name], own = _scripts(text)
        scripts += own
    return shown, scripts


def _scripts(html: str) -> tuple[str, list[str]]:
    """The HTML without its inline scripts, and those."""
    return _SCRIPT.sub("", html), _SCRIPT.findall(html)


def _script() -> str:
    ours = templates_dir() / "assets" / "frame.js"
    small = templates_dir() / "minified" / "frame.js"
    return (small if small.is_file() else ours).read_text(encoding="utf-8")


def _json(data: object) -> str:
    """JSON that is an expression of a script."""
    return (
        json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
