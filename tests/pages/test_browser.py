"""The built pages as readers meet them: in Chromium, with and without JavaScript, wide and narrow, light and dark."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from tests.pages.conftest import Open, build, served
from tests.pages.samples import NASTY, kitty, many

pytestmark = pytest.mark.browser

PAGES = ("", "reference/", "mcp/", "schemas/")


@pytest.fixture(scope="module")
def addressed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows where it will be published: below `docs/api/`."""
    return build(kitty(), tmp_path_factory.mktemp("addressed") / "site", url="https://site.example/docs/api/")


def sideways(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def search(page: Any, words: str) -> None:
    """Open the search and type."""
    page.keyboard.press("Control+k")
    page.locator(".api-search[open]").wait_for()
    page.get_by_role("combobox", name="Search").fill(words)


@pytest.mark.parametrize("path", [*PAGES, "404.html"])
def test_no_complaints_and_no_other_origin(kitty_url: str, open_page: Open, path: str) -> None:
    watched = open_page(kitty_url)
    watched.go(path).wait_for_load_state("networkidle")
    assert watched.complaints == []


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1024, 1280, 1440, 1920])
def test_nothing_is_cut_off_or_scrolls_sideways(kitty_url: str, open_page: Open, width: int) -> None:
    watched = open_page(kitty_url, width=width)
    for path in PAGES:
        page = watched.go(path)
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        assert sideways(page) <= 0, path
        outside = page.evaluate(
            """() => [...document.querySelectorAll('article *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width && !e.closest('pre, .tabbed-labels') && (box.right > window.innerWidth + 1 || box.left < -1);
            }).map(e => e.outerHTML.slice(0, 80))"""
        )
        assert outside == [], path
        tables = page.evaluate(
            "[...document.querySelectorAll('table')].filter(t => t.scrollWidth > t.clientWidth + 1).length"
        )
        assert tables == 0, path
        over = page.evaluate(
            """() => { const [a, b] = ['article h1', '.api-page-tools > *'].map(css => document.querySelector(css));
                const range = document.createRange(); range.selectNodeContents(a);
                const [h, t] = [range.getBoundingClientRect(), b.getBoundingClientRect()];
                return h.right > t.left && h.bottom > t.top && h.top < t.bottom; }"""
        )
        assert not over, f"{path}: the buttons cover the title"


def test_three_panes_on_wide_screens_and_one_column_on_phones(kitty_url: str, open_page: Open) -> None:
    wide = open_page(kitty_url, width=1440).go("reference/")
    boxes = [wide.locator(css).first.bounding_box() for css in (".md-sidebar--primary", ".api-text", ".api-code")]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    assert boxes[1]["x"] + boxes[1]["width"] <= boxes[2]["x"]
    assert boxes[2]["x"] + boxes[2]["width"] > 1380, "no empty band at the right"
    narrow = open_page(kitty_url, width=390).go("reference/")
    text, code = (narrow.locator(css).first.bounding_box() for css in (".api-text", ".api-code"))
    assert code["y"] >= text["y"] + text["height"]
    assert code["width"] > 340


def test_the_code_stays_in_view_while_its_section_is_read(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    page.evaluate("document.querySelectorAll('.api-text details').forEach(box => box.open = true)")
    page.locator("[data-endpoint=add_expense] .api-label", has_text="Result").scroll_into_view_if_needed()
    box = page.locator("[data-endpoint=add_expense] .api-code").bounding_box()
    assert 0 < box["y"] < 120


def test_language_choice_holds_for_all_pages_and_the_next_visit(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    assert page.locator("[data-endpoint=add_expense] [data-language=python]").is_visible()
    page.locator("[data-endpoint=list_expenses] .tabbed-labels label", has_text="cURL").click()
    assert page.locator("[data-endpoint=add_expense] [data-language=curl]").is_visible()
    assert not page.locator("[data-endpoint=add_expense] [data-language=python]").is_visible()
    page.goto(kitty_url)
    assert page.locator(".api-overview [data-language=curl]").is_visible()
    again = page.context.new_page()
    again.goto(kitty_url + "reference/")
    assert again.locator("[data-endpoint=list_expenses] [data-language=curl]").is_visible()


def test_everything_can_be_read_without_javascript(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url, javascript=False).go("reference/")
    assert page.locator("#add_expense").is_visible()
    assert page.locator("[data-endpoint=add_expense] [data-language=python]").is_visible()
    page.locator("[data-endpoint=add_expense] .tabbed-labels label").get_by_text("JavaScript", exact=True).click()
    assert page.locator("[data-endpoint=add_expense] [data-language=javascript]").is_visible()
    field = page.locator("[data-endpoint=add_expense] .api-nested .api-name", has_text="country").first
    assert not field.is_visible()
    page.locator("[data-endpoint=add_expense] summary", has_text="Fields of Place").first.click()
    assert field.is_visible()
    assert page.locator("a[data-copy-markdown]").is_visible()


def test_without_javascript_the_page_is_the_same_width_and_has_all_snippets_in_its_text(
    kitty_url: str, open_page: Open
) -> None:
    page = open_page(kitty_url, javascript=False).go("reference/")
    html = page.content()
    for words in ("import requests", "await fetch(", "curl --fail-with-body", "Who paid.", "1 to 40"):
        assert words in re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(kitty_url: str, open_page: Open, scheme: str) -> None:
    page = open_page(kitty_url, scheme=scheme).go("reference/")
    ratios = page.evaluate(
        """() => {
            const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
                if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
            const over = (c, b) => c.length === 4 ? [0, 1, 2].map(i => c[i] * c[3] + b[i] * (1 - c[3])) : c;
            return ['.api-type', '.api-mark', '.api-required', '.api-badge', '.api-badge-deprecated', '.api-method-get',
                '.api-method-post', '.api-status-success', '.api-status-client-error', '.api-words p', '.api-limits',
                '.api-route > code', '.api-label', '.api-type a', 'summary'].map(css => {
                const e = document.querySelector('article ' + css), b = behind(e);
                const [x, y] = [light(over(parse(getComputedStyle(e).color), b)), light(b)].sort((p, q) => q - p);
                return [css, (x + 0.05) / (y + 0.05)];
            });
        }"""
    )
    assert [(css, ratio) for css, ratio in ratios if ratio < 4.5] == []


def test_links_lead_to_places(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go()
    page.locator(".api-index a", has_text="monthly_totals").click()
    page.wait_for_url("**/reference/#monthly_totals")
    assert 0 <= page.locator("#monthly_totals").bounding_box()["y"] < 200
    page.locator(".api-type a", has_text="Expense").first.click()
    page.wait_for_url("**/schemas/#Expense")
    assert page.locator("#Expense").is_visible()


def test_an_address_inside_a_fold_unfolds_it(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    page.evaluate(
        """() => { document.querySelector('[data-endpoint=add_expense] details .api-field').id = 'inside';
                   window.location.hash = 'inside'; }"""
    )
    page.wait_for_function("document.querySelector('#inside').closest('details').open")


def test_navigation_shows_methods_and_follows_the_reader(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/#import_expenses")
    link = page.locator(".md-nav__link--active[href='#import_expenses']")
    link.wait_for()
    assert link.locator(".api-method-post").inner_text() == "POST"
    assert page.locator(".md-nav__link[href='#balance_of'] .api-deprecated").count() == 1


def test_search_finds_endpoints_parameters_and_fields(kitty_url: str, open_page: Open) -> None:
    watched = open_page(kitty_url)
    page = watched.go()
    for words, folder, anchor in (
        ("monthly", "reference/", "monthly_totals"),
        ("paid_by", "reference/", "add_expense"),
        ("ISO 3166", "schemas/", "Place"),
    ):
        search(page, words)
        page.locator(f".api-found[href*='{folder}'][href$='#{anchor}']").first.wait_for()
        page.keyboard.press("Escape")
    assert watched.complaints == []


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_keys_open_the_search(kitty_url: str, open_page: Open, keys: str) -> None:
    page = open_page(kitty_url).go("reference/")
    page.keyboard.press(keys)
    page.wait_for_function("document.activeElement.matches('.api-search input')")
    page.keyboard.type("monthly")
    page.locator(".api-found[aria-selected=true][href$='#monthly_totals']").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/#monthly_totals")
    page.keyboard.press(keys)
    page.locator(".api-found-group", has_text="Operations").wait_for()
    page.get_by_role("combobox", name="Search").fill("")
    assert page.locator(".api-found").all_inner_texts() == ["POST\nmonthly_totals\n/monthly_totals"], (
        "it was remembered"
    )
    page.keyboard.press("Escape")
    assert page.locator(".api-search[open]").count() == 0


def test_the_search_of_the_theme_or_none(tmp_path: Path, open_page: Open) -> None:
    from apispec.rendering.pages import PagesOptions

    for kind in ("theme", "none"):
        out = build(kitty(), tmp_path / kind, options=PagesOptions(search=False), search=kind)
        assert not (out / "assets" / "search.js").exists()
        with served(out) as base:
            watched = open_page(base)
            page = watched.go("reference/")
            page.keyboard.press("Control+k")
            assert page.locator(".api-seek").count() == 0
            assert page.locator(".md-search__input").count() == (kind == "theme")
            if kind == "theme":
                page.keyboard.type("monthly")
                page.locator(".md-search-result__link[href$='#monthly_totals']").first.wait_for(state="attached")
            assert watched.complaints == []


def test_the_navigation_unfolds_and_filters_beyond_what_the_page_holds(tmp_path: Path, open_page: Open) -> None:
    from apispec.rendering.pages import PagesOptions

    with served(build(many(40, tags=4), tmp_path / "site", options=PagesOptions())) as base:
        watched = open_page(base)
        page = watched.go("reference/add_expense_1/")
        assert page.locator(".md-nav__link[href*=list_expenses_10]").count() == 0
        page.get_by_role("button", name="Show Tag 1").click()
        page.locator(".md-nav__link[href*=list_expenses_10]").click()
        page.wait_for_url("**/reference/list_expenses_10/")
        page.get_by_role("button", name="Show Tag 0").click()
        page.locator(".api-nav-list a[href*=add_expense_9]").wait_for()
        again = watched.go("reference/list_expenses_20/")
        again.locator(".api-nav-list a[href*=add_expense_9]").wait_for()
        page.get_by_label("Filter the navigation").fill("add 39")
        found = page.locator(".api-nav-found a:visible")
        page.wait_for_function("document.querySelectorAll('.api-nav-found a').length === 2")
        assert found.all_inner_texts() == ["Tag 3", "POST\nadd_expense_39"]
        page.keyboard.press("Escape")
        assert not page.locator(".api-nav-found").is_visible()
        assert watched.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_is_seen_wherever_it_is(kitty_url: str, open_page: Open, path: str) -> None:
    page = open_page(kitty_url).go(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')"), "the first stop skips the navigation"
    unseen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        unseen.add(
            page.evaluate(
                """() => { const e = document.activeElement, outlined = x => x && getComputedStyle(x).outlineStyle !== 'none';
                    if (e === document.body || e.matches('.api-search input') || outlined(e)) return '';
                    const tabs = e.closest('.tabbed-set')?.querySelector(':scope > .tabbed-labels');
                    return outlined(tabs) || outlined(e.nextElementSibling) ? '' : e.outerHTML.slice(0, 90); }"""
            )
        )
    assert unseen == {""}


def test_nothing_moves_for_readers_who_asked_for_it(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url, reduced_motion="reduce").go("reference/")
    longest = (
        "Math.max(...[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert page.evaluate(longest) <= 0.001


def test_copies_code_and_the_page_as_markdown(kitty_url: str, open_page: Open) -> None:
    watched = open_page(kitty_url, permissions=["clipboard-read", "clipboard-write"])
    page = watched.go("reference/")
    page.get_by_role("button", name="Copy page as Markdown").click()
    page.get_by_role("button", name="Copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# Reference\n")
    assert "### add_expense\n\n`POST /expenses`" in text
    page.locator("[data-endpoint=list_expenses] [data-language=python] .md-code__button[data-md-type=copy]").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('import requests'))")


def test_prints_every_fold_and_language(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-endpoint=add_expense] .api-nested .api-name", has_text="country").first.is_visible()
    for language in ("python", "javascript", "curl"):
        assert page.locator(f"[data-endpoint=add_expense] [data-language={language}]").is_visible()
    assert not page.locator(".md-header").is_visible()


def test_picks_an_mcp_client_for_either_transport(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("mcp/")
    assert "http://127.0.0.1:8000/mcp" in page.locator("[data-mcp-server=http]").inner_text()
    page.locator("[data-transport=http] .tabbed-labels label", has_text="Cursor").click()
    panel = page.locator("[data-transport=http] [data-client=cursor]")
    assert '"url": "http://127.0.0.1:8000/mcp"' in panel.inner_text()
    page.locator(".api-transports > .tabbed-labels label", has_text="stdio").click()
    panel = page.locator("[data-transport=stdio] [data-client=cursor]")
    assert panel.is_visible(), "the client picked stays picked"
    assert "/path/to/app.py" in panel.inner_text()


def test_a_content_security_policy_of_self_and_the_themes_hashes_works(kitty_site: Path, open_page: Open) -> None:
    inline = {
        script
        for path in kitty_site.rglob("*.html")
        for script in re.findall(r"<script>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL)
    }
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in sorted(inline)
    )
    policy = f"default-src 'self'; script-src 'self' {hashes}; img-src 'self' data:"
    with served(kitty_site, policy) as base:
        watched = open_page(base)
        for path in PAGES:
            page = watched.go(path)
        search(page, "expense")
        page.locator(".api-found").first.wait_for()
        assert watched.complaints == []


def test_works_below_a_path(kitty_site: Path, tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "api").symlink_to(kitty_site, target_is_directory=True)
    with served(tmp_path) as base:
        watched = open_page(base)
        page = watched.go("docs/api/")
        page.locator(".api-index a", has_text="add_expense").click()
        page.wait_for_url("**/docs/api/reference/#add_expense")
        search(page, "monthly")
        page.locator(".api-found").first.wait_for()
        assert watched.complaints == []


@pytest.mark.parametrize("known", [False, True], ids=["address unknown", "address known"])
@pytest.mark.parametrize("path", ["gone", "reference/gone/", "reference/gone/away/"])
def test_whatever_is_missing_leads_back_to_the_overview(
    kitty_site: Path, addressed_site: Path, tmp_path: Path, open_page: Open, path: str, known: bool
) -> None:
    site = addressed_site if known else kitty_site
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "api").symlink_to(site, target_is_directory=True)
    with served(tmp_path, missing=site / "404.html") as base:
        page = open_page(base).go(f"docs/api/{path}")
        assert page.locator("h1").inner_text() == "There is nothing here"
        heading = page.locator("h1").bounding_box()
        assert heading["x"] > 200, "the stylesheet is there"
        assert page.locator("header").count() == known
        page.get_by_role("link", name="Start from the overview").click()
        page.wait_for_url(f"{base}docs/api/")
        assert page.locator(".api-overview").is_visible()


def test_untrusted_text_stays_text(nasty_site: Path, open_page: Open) -> None:
    with served(nasty_site) as base:
        watched = open_page(base)
        for path in sorted(nasty_site.rglob("*.html")):
            page = watched.go(path.relative_to(nasty_site).as_posix())
            assert page.evaluate("window.hacked") is None
            assert sideways(page) <= 0
            found = page.evaluate(
                """() => ({
                    elements: [...document.querySelectorAll('article *:not(#api-data)')].map(e => e.localName).filter(name =>
                        ['script', 'img', 'iframe', 'object', 'style', 'h5', 'textarea', 'title'].includes(name)),
                    handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/.test(a.name))).length,
                    links: [...document.querySelectorAll('article a:not(.api-install)')].filter(a => !/^(https?|mailto):/.test(a.protocol)).length,
                    ids: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i),
                })"""
            )
            assert found == {"elements": [], "handlers": 0, "links": 0, "ids": []}, path
        page = watched.go("reference/")
        headings = "\n".join(page.locator("article :is(h2, h3)").all_inner_texts())
        words = page.locator("article").inner_text()
        for text in NASTY[:5]:
            assert text in headings
            assert text in words
        for text in (
            "{{ 7 * 7 }}",
            '--8<-- "/etc/passwd"',
            "::: os.path",
            ":material-account: :smile: (c) -->",
            "$HOME %s",
        ):
            assert text in words
        search(page, "hacked")
        page.locator(".api-found").first.wait_for()
        assert "<script>window.hacked" in page.locator("#api-found").inner_text()
        assert page.evaluate("window.hacked") is None
        assert watched.complaints == []


def test_a_site_from_the_file_system(tmp_path: Path, open_page: Open) -> None:
    from apispec.rendering.pages import PagesOptions

    build(kitty(), tmp_path / "site", options=PagesOptions(directory_urls=False), offline=True)
    watched = open_page(f"file://{tmp_path}/site/")
    page = watched.go("index.html")
    page.locator(".api-index a", has_text="add_expense").click()
    page.wait_for_url("**/reference/index.html#add_expense")
    search(page, "monthly")
    page.locator(".api-found").first.wait_for()
    assert watched.complaints == []
