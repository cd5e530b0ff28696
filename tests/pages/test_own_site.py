"""The same pages inside a site that the user builds with extensions of all kinds (`apispec pages app.py -o docs/api`)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from apispec import output
from apispec.model import Api
from apispec.rendering.pages import Pages, PagesOptions
from tests.pages.samples import NASTY, kitty, nasty

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "tables", "toc", "pymdownx.arithmatex",
    "pymdownx.betterem", "pymdownx.blocks.admonition", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols",
    "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip


DATA = re.compile(r"<div id=\"api-data\" hidden data-json='([^']*)'></div>")


def built(api: Api, folder: Path, extensions: list[str]) -> Path:
    """A project of the user's, built with the `mkdocs` command."""
    output.write(Pages(api, PagesOptions(markdown_copies=False)).render(), folder / "docs" / "api")
    (folder / "docs" / "index.md").write_text("# Mine\n\n[An endpoint](api/reference/index.md)\n", encoding="utf-8")
    config = {
        "site_name": "Mine",
        "theme": {"name": "material", "font": False},
        "markdown_extensions": extensions,
        "extra_css": ["api/assets/apispec.css"],
        "extra_javascript": ["api/assets/apispec.js"],
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return folder / "site"


def article(path: Path) -> str:
    """What the page says, less the data for its script."""
    found = re.search(r"<article.*</article>", path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return DATA.sub("", found.group())


class Seen(HTMLParser):
    """The elements, attributes and classes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.classes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attributes)
        self.classes.update(str(dict(attributes).get("class", "")).split())


@pytest.mark.slow
@pytest.mark.parametrize("extensions", [["attr_list"], EXTENSIONS], ids=["few", "all"])
def test_pages_are_the_same_with_few_and_with_all_extensions(tmp_path: Path, extensions: list[str]) -> None:
    site = built(kitty(), tmp_path, extensions)
    html = article(site / "api" / "reference" / "index.html")
    assert (
        '<h3 class="api-heading" id="add_expense"><span class="api-method api-method-post">POST</span> add_expense'
        in re.sub("&#95;", "_", html)
    )
    block = re.search(
        r"<!-- block -->\n(.*?)\n<!-- /block -->",
        str(Pages(kitty(), PagesOptions(markdown_copies=False)).render()["reference/index.md"]),
        re.DOTALL,
    )
    assert block is not None
    assert block.group(1) in html


@pytest.mark.slow
@pytest.mark.parametrize("make", [kitty, nasty])
def test_no_extension_changes_the_data_for_the_script(tmp_path: Path, make: Callable[[], Api]) -> None:
    site = built(make(), tmp_path, EXTENSIONS)
    pages = Pages(make(), PagesOptions(markdown_copies=False)).render()
    carrying = [path for path, text in pages.items() if path.endswith(".md") and DATA.search(str(text))]
    assert {"index.md", "reference/index.md", "mcp/index.md"} <= set(carrying)
    for path in carrying:
        html = (site / "api" / path).with_suffix(".html").read_text(encoding="utf-8")
        assert DATA.findall(html) == DATA.findall(str(pages[path])), path


@pytest.mark.slow
def test_no_extension_finds_its_own_in_untrusted_text(tmp_path: Path) -> None:
    site = built(nasty(), tmp_path, EXTENSIONS)
    for path in (site / "api").rglob("*.html"):
        seen = Seen(article(path))
        assert seen.names.isdisjoint(
            ["script", "img", "svg", "iframe", "abbr", "mark", "kbd", "ins", "del", "sub", "sup", "math"]
        ), path
        assert not [name for name in seen.attributes if name.startswith("on") or name == "style"], path
        assert not [
            name for name in seen.classes if name.startswith(("admonition", "twemoji", "arithmatex", "critic"))
        ], path
    words = unescape(re.sub(r"<[^>]+>", "", article(site / "api" / "reference" / "index.html")))
    for text in (
        *NASTY[:4],
        "{{ 7 * 7 }}",
        '--8<-- "/etc/passwd"',
        "::: os.path",
        ":smile: (c) --> =/= ++key++ ==mark== ^^ins^^ H~2~O",
    ):
        assert text in words
    assert "root:" not in words
