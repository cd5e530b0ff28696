"""Pages built with mkdocs-material: the same bytes each time, the user's choices, and failures that change nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from apispec import output, site
from apispec.errors import BuildError, ConfigError
from apispec.rendering.pages import Pages, PagesOptions, code
from apispec.site.articles import Articles
from apispec.site.articles import _plain as articles_plain
from apispec.site.blocks import Blocks
from apispec.site.leaves import compact
from apispec.snippets import snippets
from tests.pages.conftest import Open, build, served
from tests.pages.samples import many

PAGE = {"index.md": "# Home\n\nHello.\n", "other/index.md": "# Other\n"}
NAV = [("Home", "index.md"), ("Other", "other/index.md")]


def text(files: dict[str, str | bytes], path: str) -> str:
    content = files[path]
    return content if isinstance(content, str) else content.decode("utf-8")


class Links(HTMLParser):
    """What a page refers to, and the places on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in ("script", "img") and "src" in values:
            self.loaded.append(values["src"])
        if tag == "link" and values.get("rel") in ("stylesheet", "icon", "preconnect", "preload"):
            self.loaded.append(values["href"])


def assert_whole(folder: Path) -> None:
    """Every link inside the site leads somewhere, every anchor exists, every id is there once, nothing comes from elsewhere."""
    pages = {p.relative_to(folder).as_posix(): Links(p.read_text(encoding="utf-8")) for p in folder.rglob("*.html")}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        base = f"https://site.example/{path}"
        for link in [*page.links, *page.loaded]:
            url = urlsplit(urljoin(base, link))
            if url.scheme != "https" or url.netloc != "site.example":
                assert link in page.links, f"{path} loads {link}"
                continue
            if path == "404.html":
                continue  # its links are absolute
            target = unquote(url.path).lstrip("/")
            target += "index.html" if not target or target.endswith("/") else ""
            assert (folder / target).is_file(), f"{path} → {link}"
            if url.fragment and target in pages:
                assert unquote(url.fragment) in pages[target].ids, f"{path} → {link}"


def test_a_site_is_whole(kitty_site: Path) -> None:
    assert_whole(kitty_site)
    found = {p.relative_to(kitty_site).as_posix() for p in kitty_site.rglob("*") if p.is_file()}
    assert {
        "index.html", "reference/index.html", "mcp/index.html", "schemas/index.html", "404.html", "sitemap.xml",
        "index.md", "reference/index.md", "mcp/index.md", "schemas/index.md", "openapi.json", "assets/apispec.css",
        "assets/apispec.js", "assets/favicon.svg", output.MANIFEST,
    } <= found  # fmt: skip


@pytest.mark.parametrize("offline", [False, True])
@pytest.mark.parametrize("layout", ["tags", "operations"])
def test_a_site_of_many_pages_is_whole(tmp_path: Path, offline: bool, layout: Any) -> None:
    options = PagesOptions(layout=layout, directory_urls=not offline)
    assert_whole(
        build(many(9, tags=3), tmp_path / "site", options=options, offline=offline, url="https://x.example/y/")
    )
    assert (tmp_path / "site" / "tags" / "Tag-2" / "index.html").exists()
    assert (tmp_path / "site" / "reference" / "add_expense_5" / "index.html").exists()


def seen(html: str, path: str) -> str:
    """A page less what may differ: spaces, and badges and hovers in the navigation, which Material has not."""
    html = re.sub(
        r'<span class="md-typeset" title="[^"]*">.*?<span class="api-nav-words">(.*?)</span></span>', r"\1", html
    )
    html = re.sub(r'<span title="[^"]*">(.*?)</span>', r"\1", html)
    html = re.sub(r'<span class="md-typeset">(.*?)</span>', r"\1", html, flags=re.DOTALL)
    html = re.sub(
        r'href="([^"]*)"', lambda found: f'href="{urljoin(f"https://site.example/y/{path}", found[1])}"', html
    )
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda found: found.group().strip(), html))


@pytest.mark.slow
@pytest.mark.parametrize("offline", [False, True])
def test_pages_that_are_filled_are_what_the_theme_would_have_made(tmp_path: Path, offline: bool) -> None:
    options = PagesOptions(layout="operations", directory_urls=not offline)
    both = []
    for alike in (True, False):
        out = tmp_path / str(alike)
        build(many(9, tags=3), out, options=options, alike=alike, offline=offline, url="https://x.example/y/")
        both.append({p.relative_to(out).as_posix(): p.read_text() for p in out.rglob("*.html")})
        both[-1]["sitemap"] = "\n".join(sorted((out / "sitemap.xml").read_text().splitlines()))
    filled, made = both
    assert filled.keys() == made.keys()
    for path in made:
        assert seen(filled[path], path) == seen(made[path], path), path


def test_a_nasty_site_is_whole(nasty_site: Path) -> None:
    assert_whole(nasty_site)


def test_we_add_no_inline_script_or_style(kitty_site: Path) -> None:
    for path in kitty_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        article = re.search(r"<article.*</article>", html, re.DOTALL)
        leads = "data-to=" in html
        assert (article is None) == (path.name == "404.html" or leads), "which are without the theme"
        script = r'<script src="[^"]+" (?:defer|data-to="[^"]+")></script>'
        ours = article.group() if article else re.sub(script, "", html)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", ours)


def test_titles_and_descriptions_for_sharing(kitty_site: Path) -> None:
    html = (kitty_site / "reference" / "index.html").read_text(encoding="utf-8")
    assert "<title>Reference · Kitty</title>" in html
    assert '<meta property="og:title" content="Reference · Kitty">' in html
    assert '<meta name="description" content="How to call Kitty: list_expenses, add_expense,' in html
    assert '<meta property="og:description" content="How to call Kitty: list_expenses, add_expense,' in html


def test_weight(kitty_site: Path) -> None:
    import gzip

    def weight(path: str) -> int:
        return len(gzip.compress((kitty_site / path).read_bytes()))

    assert weight("reference/index.html") < 60_000
    assert weight("assets/apispec.js") <= 12_000
    assert weight("assets/apispec.css") <= 9_000  # with its comments; the wheel has less: test_assets


BUILD = """
import sys
from pathlib import Path
from typing import Any
from tests.pages.conftest import Open, build, served
from tests.pages.samples import nasty
build(nasty(), Path(sys.argv[1]), url="https://x.example/")
"""


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, repository: Path) -> None:
    trees = []
    for number, (seed, zone, encoding) in enumerate([("0", "UTC", "C.UTF-8"), ("4711", "Pacific/Kiritimati", "C")]):
        folder = tmp_path / ("one" if number else "two/deeper")
        folder.mkdir(parents=True)
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": encoding,
            "PYTHONPATH": str(repository),
        }
        subprocess.run([sys.executable, "-c", BUILD, str(folder / "site")], cwd=folder, env=environment, check=True)
        trees.append({p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()})
    assert trees[0].keys() == trees[1].keys()
    assert [path for path in trees[0] if trees[0][path] != trees[1][path]] == []


def test_without_dates_or_temporary_paths(kitty_site: Path) -> None:
    for path in kitty_site.rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".js", ".css", ".md"):
            words = path.read_text(encoding="utf-8")
            assert "apispec-site" not in words
            assert str(kitty_site) not in words
            assert "<lastmod>" not in words


def test_a_failing_build_leaves_the_previous_site(tmp_path: Path) -> None:
    site.build(PAGE, tmp_path / "site", site.SiteOptions(nav=NAV))
    before = {p: p.read_bytes() for p in (tmp_path / "site").rglob("*") if p.is_file()}
    with pytest.raises(BuildError, match="MkDocs could not build the pages") as raised:
        site.build({**PAGE, "index.md": "# Home\n\n[gone](gone.md)\n"}, tmp_path / "site", site.SiteOptions(nav=NAV))
    assert "gone.md" in raised.value.details
    assert {p: p.read_bytes() for p in (tmp_path / "site").rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_says_what_is_wrong_with_the_navigation() -> None:
    with pytest.raises(BuildError) as raised:
        site.render(PAGE, site.SiteOptions(nav=[("Gone", "gone.md")]))
    assert "gone.md" in raised.value.details
    assert "/tmp" not in str(raised.value)


def test_refuses_two_files_of_one_path() -> None:
    with pytest.raises(BuildError, match="twice"):
        site.render(PAGE, site.SiteOptions(nav=NAV), {"index.html": "mine"})


def test_prints_nothing_and_leaves_logging_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    import logging

    before = (list(logging.getLogger("mkdocs").handlers), logging.getLogger("mkdocs").propagate)
    site.render(PAGE, site.SiteOptions(nav=NAV))
    assert capfd.readouterr() == ("", "")
    assert (list(logging.getLogger("mkdocs").handlers), logging.getLogger("mkdocs").propagate) == before


def test_blocks_come_back_unchanged_and_are_found_by_search() -> None:
    block = '<div class="x">\n<p>Words &amp; more</p>\n\n<pre>## not a heading\n\n</pre><aside data-search-exclude>unsearched</aside>\n</div>'
    pages = {
        "index.md": f"# Home\n\n<!-- block -->\n{block}\n<!-- /block -->\n\n## Next\n\n<!-- block -->\n<div>two</div>\n<!-- /block -->\n"
    }
    files = site.render(pages, site.SiteOptions(nav=[("Home", "index.md")]))
    html = text(files, "index.html")
    assert block in html
    assert html.index(block) < html.index('<h2 id="next">') < html.index("<div>two</div>")
    index = json.loads(text(files, "search/search_index.json"))["docs"]
    assert [entry["text"] for entry in index] == ["<p>Words &amp; more ## not a heading</p>", "<p>two</p>"]


def test_options_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "logo.PNG").write_bytes(b"logo")
    (tmp_path / "icon.ico").write_bytes(b"icon")
    (tmp_path / "start-here.md").write_text("# Start & go {#x}\n\nSee [other](other/index.md).\n", encoding="utf-8")
    guides = tmp_path / "how_to"
    (guides / "images").mkdir(parents=True)
    (guides / "one.md").write_text("no heading\n\n![i](images/i.png)\n", encoding="utf-8")
    (guides / "images" / "i.png").write_bytes(b"png")
    files = site.render(
        PAGE,
        site.SiteOptions(
            name="A <b> & c", nav=NAV, url="https://x.example/docs/", description="Some & more", logo=tmp_path / "logo.PNG",
            favicon=tmp_path / "icon.ico", primary="#ffcc00", accent="teal", footer="© <me>",
            before=[tmp_path / "start-here.md"], after=[guides], links={"Code <3": "https://code.example"},
        ),
    )  # fmt: skip
    html = text(files, "index.html")
    assert "<title>A &lt;b&gt; &amp; c</title>" in html
    assert '<img src="assets/logo.png" alt="logo">' in html
    assert files["assets/logo.png"] == b"logo"
    assert '<link rel="icon" href="assets/favicon.ico">' in html
    assert "© &lt;me&gt;" in html
    assert 'href="https://code.example"' in html
    assert "Code &lt;3" in html
    assert '<link rel="canonical" href="https://x.example/docs/">' in html
    assert "--md-primary-fg-color:#ffcc00" in text(files, "assets/colours.css")
    assert "--md-primary-bg-color:#000000" in text(files, "assets/colours.css")
    assert 'data-md-color-primary="custom" data-md-color-accent="teal"' in html
    links = ("start-here/", "other/", "how_to/one/", "https://code.example")
    order = [html.index(f'href="{link}" class="md-nav__link"') for link in links]
    assert order == sorted(order)
    assert "how_to/images/i.png" in files
    assert "<loc>https://x.example/docs/start-here/</loc>" in text(files, "sitemap.xml")
    assert '"navigation.instant"' in html


def test_dark_primary_has_white_text() -> None:
    files = site.render(PAGE, site.SiteOptions(nav=NAV, primary="#112233", accent="#445566"))
    css = text(files, "assets/colours.css")
    assert "--md-primary-bg-color:#ffffff" in css
    assert "--md-accent-fg-color:#445566" in css


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"primary": "bleu"}, "no such colour: bleu"),
        ({"accent": "#12345"}, "no such colour: #12345"),
        ({"logo": Path("missing.png")}, "no such file"),
        ({"favicon": Path("missing.ico")}, "no such file"),
        ({"before": [Path("missing.md")]}, "no such page"),
    ],
)
def test_wrong_options_are_explained(options: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        site.render(PAGE, site.SiteOptions(nav=NAV, **options))  # type: ignore[arg-type]


def test_refuses_an_own_page_in_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Mine\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="has this name"):
        site.render(PAGE, site.SiteOptions(nav=NAV, before=[tmp_path / "index.md"]))


def test_users_templates_change_the_theme(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "404.html").write_text("gone fishing", encoding="utf-8")
    files = site.render(PAGE, site.SiteOptions(nav=NAV, template_dirs=[tmp_path]))
    assert text(files, "404.html") == "gone fishing"
    assert "og:title" in text(files, "index.html")


def test_indentation_goes_but_what_shows_blanks_stays() -> None:
    html = "<ul>\n    \n  <li>a  b</li>\n</ul>\n<pre>x\n    y\n</pre>\n   <textarea>\n  z</textarea><script>\n  1\n</script>"
    assert (
        compact(html)
        == "<ul>\n<li>a  b</li>\n</ul>\n<pre>x\n    y\n</pre>\n<textarea>\n  z</textarea><script>\n  1\n</script>"
    )


def test_plain_pages_are_what_markdown_makes_of_them() -> None:
    pages = Pages(many(4, tags=2), PagesOptions(layout="operations")).render()
    texts = [re.sub(r"\A---\n.*?\n---\n", "", str(pages[path]), flags=re.DOTALL) for path in sorted(pages)
             if path.startswith(("reference/", "schemas/")) and path.count("/") == 2]  # fmt: skip
    odd = [
        "\n# *a* {#b .api-heading}\n\nwords\n",
        "\n# a {#b .api-heading}\n\n<!-- block -->\n<p>x</p>\n<!-- /block -->\n\n*more*\n",
    ]
    articles = Articles()
    for text in (*texts, *odd):
        blocks = Blocks()
        made = blocks.put_back(articles._markdown.reset().convert(blocks.put_aside(text)))
        assert articles.html(text).split() == made.split()
    assert all(articles_plain(text) is not None for text in texts)
    assert [articles_plain(text) for text in odd] == [None, None]


def test_code_is_coloured_line_by_line_as_it_is_as_a_whole() -> None:
    def seen(html: str) -> list[tuple[str, str]]:
        found, name = [], ""
        for tag, sign in re.findall(r"(<[^>]*>)|(&[^;]*;|.)", html, re.DOTALL):
            name = re.sub(r'.*class="(\w+)".*|.*', r"\1", tag) if tag else name
            found += [(sign, name)] if sign.strip() else []
        return found

    made = many(2)
    for endpoint in made.endpoints:
        for one in snippets(made, endpoint):
            language = one.language.lexer
            lines = one.text.strip("\n").split("\n")
            assert all(map(code._is_closed, lines)), one.text
            joined = "".join(code._coloured_line(line, language) for line in lines)
            assert seen(joined) == seen(code._coloured(one.text.strip("\n") + "\n", code._lexer(language)))
    for line in ('x = """', "a 'b", "cat <<EOF", "f(`${", "/* a", "x = 1  # it's"):
        assert not code._is_closed(line)


FRAMES = """() => [...document.querySelectorAll("head > script:not([type]), .md-header, .md-sidebar, .md-overlay, .md-toggle,"
  + " .md-top, .md-dialog, #__config, .md-footer, .md-skip")].map((one) => one.cloneNode(true)).filter((one) => {
    one.querySelectorAll("script").forEach((script) => script.remove());
    return one.localName !== "script" || one.id;
  }).map((one) => one.outerHTML)"""


@pytest.mark.slow
@pytest.mark.parametrize("offline", [False, True])
def test_pages_that_get_their_frame_from_a_script_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open, offline: bool
) -> None:
    options = PagesOptions(layout="operations", directory_urls=not offline)
    api = many(70, tags=2)
    odd = replace(api.endpoints[3], name="odd", summary="<b>\"Less\"</b> & 'more' $& \\u2028", deprecated=True)
    api = replace(api, document={}, endpoints=(*api.endpoints[:3], odd, *api.endpoints[4:]))
    shown = []
    path = "reference/odd/index.html"
    for framed, run in ((1_000, 64), (1, 64), *(() if offline else ((1, 8),))):
        monkeypatch.setattr("apispec.site.frames.FRAMED", framed)
        monkeypatch.setattr("apispec.site.frames.RUN", run)
        out = tmp_path / f"{framed}-{run}"
        build(api, out, options=options, offline=offline)
        html = (out / path).read_text(encoding="utf-8")
        assert ("assets/frame/" in html) == (framed == 1)
        assert ("md-header" in html) == (framed > 1)
        with served(out) as base:
            watched = open_page(out.as_uri() + "/" if offline else base)
            page = watched.go(path)
            page.wait_for_selector(".api-nav-filter, .md-nav__link--active")
            shown.append(sorted(page.evaluate(FRAMES)))
            if framed == 1:
                page.evaluate("document.querySelector('[for=__palette_1], [for=__palette_2]').click()")
                assert page.locator(".md-nav__link--active").inner_text().split() == ["POST", *odd.summary.split()]
                page.locator(".md-footer__link--next").click()
                page.wait_for_selector("text=Number 4")
                assert watched.complaints == []
    assert [seen(one, path) for one in shown[1]] == [seen(one, path) for one in shown[0]]
    assert {len(one) for one in shown} == {len(shown[0])}


def test_framed_pages_lead_up_without_a_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apispec.site.frames.FRAMED", 1)
    out = build(many(4, tags=2), tmp_path / "site", options=PagesOptions(layout="operations"))
    html = (out / "reference" / "list_expenses_0" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)" class="md-path__link">\n<span class="md-ellipsis">\n([^<]*)\n</span>', html)
    assert links == [("../..", "Overview"), ("../../reference/", "Reference"), ("../../tags/Tag-0/", "Tag 0")]
    assert not re.search(r"<script>", html)
    assert "<svg" not in html[: html.index("<article")]


def test_pages_that_are_very_many_say_what_they_have_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    monkeypatch.setattr("apispec.rendering.pages.layout.LARGE", 1)
    monkeypatch.setattr("apispec.site.frames.FRAMED", 1)
    out = build(many(4, tags=2), tmp_path / "site", options=PagesOptions(layout="operations"))
    path = "reference/add_expense_1/index.html"
    html = (out / path).read_text(encoding="utf-8")
    assert "api-here" not in html
    assert 'class="s2"' not in html
    assert '"parts"' not in html
    assert len(list((out / "assets" / "calls").iterdir())) == 2, "each kind of calls once"
    with served(out) as base:
        watched = open_page(base)
        page = watched.go(path)
        page.wait_for_selector(".api-request code .s2")
        page.wait_for_selector("code[data-plain]", state="detached")
        assert page.locator(".api-field[id] > .api-field-head > .api-here").count() > 3
        page.locator(".api-try-open").click()
        page.locator(".api-try input").first.fill("12.5")
        page.wait_for_function("document.querySelector('.api-request code').textContent.includes('12.5')")
        page.locator(".md-footer__link--prev").click()
        page.wait_for_selector("h1:has-text('list_expenses_0')")
        page.mouse.move(300, 300)
        page.wait_for_selector(".api-request code .s2")
        assert watched.complaints == []


def test_scripts_of_a_users_templates_stay_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apispec.site.frames.FRAMED", 1)
    (tmp_path / "own" / "theme").mkdir(parents=True)
    main = '{% extends "base.html" %}{% block extrahead %}<script>function counted() {}</script>{% endblock %}'
    (tmp_path / "own" / "theme" / "main.html").write_text(main, encoding="utf-8")
    own = [tmp_path / "own"]
    out = build(many(2), tmp_path / "site", options=PagesOptions(layout="operations"), template_dirs=own)
    html = (out / "reference" / "list_expenses_0" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script>.*", html) == ["<script>function counted() {}</script>"]
    assert "assets/frame/" in html
