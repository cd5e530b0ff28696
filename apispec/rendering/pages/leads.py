"""Small pages that only lead to another place, on any host: for addresses whose things are described elsewhere."""

from __future__ import annotations

from markupsafe import Markup

_PAGE = Markup(
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
    '<link rel="canonical" href="{page}"><meta name="robots" content="noindex">\n'
    '<script src="{script}" data-to="{href}"></script>\n'
    '<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>\n'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
    '</head>\n<body><p>{words} <a href="{href}">{link}</a></p></body></html>\n'
)

SCRIPT = "assets/moved.js"
"""Goes on at once, to the place on the page that the address names: a refresh would lose that."""


def lead(
    path: str, href: str, title: str, *, words: str = "This is described elsewhere:", link: str = "go there"
) -> str:
    """The page.

    Args:
        path: Its own, from the site's root.
        href: Where it leads, relative to the page.
        title: What is found there.
        words: Why it is not here.
        link: The link's text.
    """
    page, _, _ = href.partition("#")
    script = "../" * path.count("/") + SCRIPT
    return str(_PAGE.format(title=title, page=page, script=script, href=href, words=words, link=link))
