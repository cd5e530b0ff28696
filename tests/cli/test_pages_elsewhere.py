"""Pages in a site of somebody's own: text stays text, whichever extensions and plugins that site has turned on."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run

EVILS = [
    "<script>evil(1)</script>",
    "<img src=x onerror=evil(1)>",
    "{{ 7 * 191 }}",
    "{% if 1 %}yes{% endif %}",
    "{# gone #}",
    '--8<-- "secret.txt"',
    ";--8<--\nsecret.txt\n;--8<--",
    "{: onclick=evil(1) }",
    "{ onclick=evil(1) }",
    "<div markdown=1>\n<script>evil(1)</script>\n</div>",
    "[x](javascript:evil(1))",
    "<!-- block -->\n<script>evil(1)</script>\n<!-- /block -->",
    "```{.x onclick=evil(1)}\n```",
    "    <script>evil(1)</script>",
    "*[T]: <script>evil(1)</script>",
    "$$\\href{javascript:evil(1)}{x}$$",
    "]]><script>evil(1)</script>",
    "--- \n<script>evil(1)</script>",
]


class _Acting(HTMLParser):
    """What would run, or lead to what runs."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        self.acts += [f"{tag} {name}" for name, value in attrs if name.startswith("on") and "evil" in (value or "")]
        self.acts += [
            f"{tag} {name}" for name, value in attrs if (value or "").strip().lower().startswith("javascript:")
        ]

    def handle_data(self, data: str) -> None:
        if self._in_script and "evil" in data:
            self.acts.append("script")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


@pytest.fixture
def _pages() -> None:
    evil = "\n\n".join(EVILS)
    get: dict[str, Any] = {
        "operationId": "x",
        "tags": [evil],
        "summary": evil,
        "description": evil,
        "parameters": [{"name": evil, "in": "query", "description": evil, "schema": {"enum": [evil], "default": evil}}],
        "responses": {"200": {"description": evil}},
    }
    data = {
        "openapi": "3.1.0",
        "info": {"title": evil, "version": evil, "summary": evil, "description": evil, "license": {"name": evil}},
        "tags": [{"name": evil, "description": evil}],
        "paths": {"/x": {"get": get}},
        "components": {
            "schemas": {"A": {"title": evil, "description": evil, "properties": {evil: {"description": evil}}}}
        },
    }
    Path("doc.json").write_text(json.dumps(data), encoding="utf-8")
    assert run(["pages", "doc.json", "--out", "docs", "--fail-on", "never", "-q"]) == 0


@pytest.mark.usefixtures("_pages")
def test_what_is_no_page_is_none() -> None:
    pages = list(Path("docs").rglob("*.md"))
    assert len(pages) >= 2
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert "{{" not in text and "{%" not in text and "{#" not in text, path
        assert "--8<--" not in text
        assert "SKILL" not in text
    assert not Path("docs/SKILL.md").exists()


@pytest.mark.usefixtures("_pages")
@pytest.mark.parametrize("loose", [False, True], ids=["strictest", "loosest"])
def test_no_script_runs_in_the_site(loose: bool) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    Path("secret.txt").write_text("hunter2")
    extensions = ["attr_list", "md_in_html", "pymdownx.superfences", "pymdownx.tabbed", "toc"]
    if loose:
        extensions += [
            "abbr",
            "admonition",
            "def_list",
            "footnotes",
            "meta",
            "pymdownx.snippets",
            "pymdownx.inlinehilite",
        ]
        extensions += [
            "pymdownx.magiclink",
            "pymdownx.arithmatex",
            "pymdownx.details",
            "pymdownx.tasklist",
            "pymdownx.keys",
        ]
    settings = {
        "site_name": "Mine",
        "docs_dir": "docs",
        "site_dir": "built",
        "theme": {"name": "material"},
        "markdown_extensions": extensions,
        "plugins": ["macros"] if loose else [],
    }
    Path("mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    build(load_config("mkdocs.yml"))
    pages = [*Path("built").rglob("*.html")]
    assert len(pages) >= 3
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert "hunter2" not in html
        assert "1337" not in html
        found = _Acting()
        found.feed(html)
        assert found.acts == [], path
