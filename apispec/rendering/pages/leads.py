"""Small pages that only lead to another place, on any host: for addresses whose things are described elsewhere."""

from __future__ import annotations

from markupsafe import Markup

from apispec.words import _, language

_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>\n'
    '<link rel="canonical" href="{page}"><meta name="robots" content="noindex">\n'
    '<script src="{script}" data-to="{href}"></script>\n'
    '<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>\n'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
    '</head>\n<body><p>{words} <a href="{href}">{link}</a></p></body></html>\n'
)

SCRIPT = "assets/moved.js"
"""Goes on at once, to the place on the page that the address names: a refresh would lose that."""


def lead(path: str, href: str, title: str, *, words: str = "", link: str = "") -> str:
    """The page.

    Args:
        path: Its own, from the site's root.
        href: Where it leads, relative to the page.
        title: What is found there.
        words: Why it is not here; it is described elsewhere where nothing is said.
        link: The link's text.
    """
    page = href.partition("#")[0]
    script = "../" * path.count("/") + SCRIPT
    said = {"words": words or _("This is described elsewhere:"), "link": link or _("go there"), "language": language()}
    return str(_PAGE.format(title=title, page=page, script=script, href=href, **said))
