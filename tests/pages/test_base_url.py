"""The base URL field, and code tabs that follow it and what is typed, in Chromium."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apispec.model import Api, Endpoint, GradioCall, Parameter, Server, ServerVariable
from apispec.rendering.pages import PagesOptions
from apispec.rendering.proof import Proof, digest, key
from apispec.requests.servers import base_url
from apispec.snippets import snippets
from tests.pages.conftest import DOWNLOADS, Open, build, served
from tests.pages.samples import kitty, nasty

pytestmark = pytest.mark.browser

OTHER = "https://api.example.com/v2"
OWN = "http://127.0.0.1:8000"
FIELD = ".api-base input"
RESET = ".api-base button:not(.api-environment)"


def code(page: Any, endpoint: str, language: str) -> str:
    """The text of a code tab."""
    found: str = page.text_content(f'[data-snippets="{endpoint}"] [data-language="{language}"] code')
    return found


def expected(api: Api, name: str, base: str, **arguments: Any) -> dict[str, str]:
    """What Python writes, by language."""
    endpoint = api.endpoint(name)
    assert endpoint is not None
    made = snippets(api, endpoint, base_url=base, arguments=arguments or None)
    return {s.language.id: s.text for s in made}


def type_base(page: Any, text: str) -> None:
    page.fill(FIELD, text)
    page.press(FIELD, "Enter")


@pytest.mark.parametrize("make, site", [(kitty, "kitty_url"), (nasty, "nasty_url")])
def test_the_script_writes_every_snippet_as_it_stands(
    make: Any, site: str, open_page: Open, request: pytest.FixtureRequest
) -> None:
    watched = open_page(request.getfixturevalue(site))
    page = watched.go("reference/")
    compared = page.evaluate(
        """() => [...apispec.page().get("endpoints")].flatMap(([name, endpoint]) =>
            apispec.snippets(endpoint).map(([id, text]) => [name, id, text]))"""
    )
    assert len(compared) >= 3 * len(make().public_endpoints) - 3
    api = make()
    for name, language, text in compared:
        assert text == expected(api, name, base_url(api))[language], (name, language)
    assert watched.complaints == []


def test_every_page_follows_the_base_url(kitty_url: str, open_page: Open) -> None:
    watched = open_page(kitty_url)
    page = watched.go("reference/")
    assert page.input_value(FIELD) == OWN
    type_base(page, f"  {OTHER}/ ")
    assert page.input_value(FIELD) == OTHER
    for endpoint in kitty().public_endpoints:
        for language, text in expected(kitty(), endpoint.name, OTHER).items():
            assert code(page, endpoint.name, language).strip() == text.strip()
    watched.go()
    assert page.input_value(FIELD) == OTHER and page.text_content("[data-base-url]") == OTHER
    assert OTHER in code(page, "add_expense", "python")
    watched.go("mcp/")
    assert page.text_content('[data-mcp-server="http"] code').strip() == OTHER + "/mcp"
    texts = page.locator('[data-transport="http"] .tabbed-block code').all_text_contents()
    assert [text for text in texts if "127.0.0.1" in text] == []
    assert sum(f"{OTHER}/mcp" in text for text in texts) > 5
    assert f"URL: {OTHER}/mcp — it must be https" in page.text_content(
        '[data-transport="http"] [data-client="chatgpt"]'
    )
    assert watched.complaints == []


def test_servers_of_endpoints_follow_the_base_url_where_they_are_relative(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    own = """base => {
      const [under, other] = [{ base: "https://a.test/files", under: "/files/" }, { base: "https://b.test" }];
      if (base) apispec.baseUrl = base;
      return [under, other, {}].map((e) => apispec.baseOf(new Map(Object.entries(e))));
    }"""
    assert page.evaluate(own) == ["https://a.test/files", "https://b.test", OWN]
    assert page.evaluate(own, OTHER) == ["https://api.example.com/files", OTHER, OTHER]


def test_links_that_install_follow_it_however_they_are_written(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("mcp/")
    before = page.eval_on_selector_all("a.api-install", "links => links.map(a => a.getAttribute('href'))")
    type_base(page, OTHER)
    cursor = page.get_attribute('[data-transport="http"] [data-client="cursor"] a.api-install', "href")
    assert json.loads(base64.b64decode(cursor.split("config=")[1].replace("%3D", "="))) == {"url": f"{OTHER}/mcp"}
    assert "api.example.com" in page.get_attribute('[data-transport="http"] [data-client="vscode"] a', "href")
    page.click(RESET)
    assert page.eval_on_selector_all("a.api-install", "links => links.map(a => a.getAttribute('href'))") == before


def test_a_path_is_one_of_the_pages_own_server(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    type_base(page, "/api/v3/")
    assert page.input_value(FIELD) == f"{kitty_url}api/v3"


def test_reset_goes_back_and_is_forgotten(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    before = page.inner_html("article .api-tabs >> nth=0")
    assert page.is_hidden(RESET)
    type_base(page, OTHER)
    assert page.inner_html("article .api-tabs >> nth=0") != before
    page.click(RESET)
    assert page.inner_html("article .api-tabs >> nth=0") == before
    page.reload()
    assert page.input_value(FIELD) == OWN


@pytest.mark.parametrize(
    "typed, words",
    [
        ("ftp://x", "begins with http"), ("http://", "not a URL"), ("https://me:pass@x", "no user name"), ("http://x/?a=1", "no ? or #"),
        ("javascript:alert(1)", "not a URL"), ("http://x/#a", "no ? or #"),
    ],
)  # fmt: skip
def test_what_is_no_base_url_is_said(kitty_url: str, open_page: Open, typed: str, words: str) -> None:
    page = open_page(kitty_url).go("reference/")
    type_base(page, typed)
    assert words in page.text_content(".api-base [role=alert]")
    assert page.get_attribute(FIELD, "aria-invalid") == "true"
    assert OWN in code(page, "add_expense", "curl")
    type_base(page, "localhost:9")
    assert page.input_value(FIELD) == "http://localhost:9"
    assert page.text_content(".api-base [role=alert]") == ""


def test_an_address_stays_text_in_every_shell_and_page(kitty_url: str, open_page: Open) -> None:
    page = open_page(kitty_url).go("reference/")
    type_base(page, "https://x.example/a'b$(id)`<i>\"~")
    assert page.input_value(FIELD) == "https://x.example/a%27b%24%28id%29%60%3Ci%3E%22%7E"


def test_sites_at_other_paths_have_base_urls_of_their_own(tmp_path: Path, open_page: Open) -> None:
    for name in ("one", "two"):
        build(kitty(), tmp_path / name)
    with served(tmp_path) as base:
        watched = open_page(base)
        page = watched.go("one/reference/")
        type_base(page, OTHER)
        watched.go("two/reference/")
        assert page.input_value(FIELD) == OWN
        watched.go("one/")
        assert page.input_value(FIELD) == OTHER


def test_pages_that_the_server_itself_shows_call_it_by_the_name_it_has(tmp_path: Path, open_page: Open) -> None:
    folder = tmp_path / "site"
    with served(folder) as base:
        port = base.rstrip("/").rpartition(":")[2]
        build(kitty(), folder, options=PagesOptions(base_url=f"http://127.0.0.1:{port}", downloads=DOWNLOADS))
        watched = open_page(f"http://localhost:{port}/")
        page = watched.go("reference/")
        assert page.input_value(FIELD) == f"http://localhost:{port}"
        assert f"http://localhost:{port}/expenses" in code(page, "add_expense", "python")
        assert page.is_hidden(RESET)


def test_pages_that_instant_navigation_brings(tmp_path: Path, open_page: Open) -> None:
    folder = tmp_path / "site"
    with served(folder) as base:
        build(kitty(), folder, url=base)
        watched = open_page(base)
        page = watched.go()
        page.evaluate("window.still = true")
        type_base(page, OTHER)
        page.click(".md-nav--primary >> text=Reference")
        page.wait_for_selector("#add_expense")
        page.wait_for_selector(".api-base")
        assert page.evaluate("window.still") is True
        expect(page.locator('[data-snippets="add_expense"] [data-language="python"] code')).to_contain_text(OTHER)
        page.click(RESET)
        expect(page.locator('[data-snippets="add_expense"] [data-language="python"] code')).to_contain_text(OWN)
        page.go_back()
        page.wait_for_selector("[data-base-url]", state="attached")
        expect(page.locator(FIELD)).to_have_value(OWN)
        expect(page.locator("[data-base-url]")).to_have_text(OWN)
        assert page.evaluate("window.still") is True and watched.complaints == []


def test_several_servers_are_offered(tmp_path: Path, open_page: Open) -> None:
    regions = {"region": ServerVariable(default="eu", enum=("eu", "us"))}
    servers = (Server(url="https://a.example"), Server(url="https://b.example/v1"), Server(url="https://{region}.example", variables=regions))  # fmt: skip
    own = Endpoint(name="own", servers=(Server(url="https://files.example"),))
    api = Api(title="T", servers=servers, endpoints=(Endpoint(name="e"), own))
    with served(build(api, tmp_path / "site")) as base:
        page = open_page(base).go("reference/")
        assert page.eval_on_selector_all("#api-servers option", "all => all.map(o => o.value)") == [
            "https://a.example", "https://b.example/v1", "https://eu.example", "https://us.example",
        ]  # fmt: skip
        assert "https://files.example" in code(page, "own", "curl")
        type_base(page, "https://b.example/v1")
        overview = page.context.new_page()
        overview.goto(base)
        assert "https://a.example" in overview.inner_text(".api-access"), "the list of servers stays"
        for name in ("e", "own"):
            expect(page.locator(f'[data-snippets="{name}"] [data-language="curl"] code')).to_contain_text(
                "b.example/v1"
            )


# ── What is typed ──

TYPE = """([name, pairs]) => {
    const args = new Map(pairs.map(([key, text]) => [key, apispec.parse(text)]));
    apispec.showSnippets(name, args);
}"""


def test_snippets_show_what_is_typed_and_are_copied_so(kitty_url: str, open_page: Open) -> None:
    watched = open_page(kitty_url, permissions=["clipboard-read", "clipboard-write"])
    page = watched.go("reference/")
    before = page.inner_html('[data-snippets="add_expense"]')
    typed = {"paid_by": 'Zoé "x" </code>', "amount": 12345678901234567890, "ratio": 1e-7}
    page.evaluate(TYPE, ["add_expense", [[k, json.dumps(v)] for k, v in typed.items()]])
    for language, text in expected(kitty(), "add_expense", OWN, **typed).items():
        assert code(page, "add_expense", language).strip() == text.strip()
    tab = page.locator('[data-snippets="add_expense"] [data-language="python"]')
    tab.hover()
    tab.locator("button").first.click()
    wanted = expected(kitty(), "add_expense", OWN, **typed)["python"].strip()
    page.wait_for_function("async wanted => (await navigator.clipboard.readText()).trim() === wanted", arg=wanted)
    type_base(page, OTHER)
    assert code(page, "add_expense", "curl").strip() == expected(kitty(), "add_expense", OTHER, **typed)["curl"].strip()
    page.evaluate("apispec.baseUrl = null; apispec.showSnippets('add_expense', null)")
    buttons = "button => button.replace(/<(nav|button)[^]*?<\\/\\1>/g, '')"
    assert page.evaluate(buttons, page.inner_html('[data-snippets="add_expense"]')) == page.evaluate(buttons, before)
    assert watched.complaints == []


def test_only_what_was_run_is_marked_so(tmp_path: Path, open_page: Open) -> None:
    api = kitty()
    made = expected(api, "add_expense", OWN)
    proof = Proof("2026-03-04T05:06:07+00:00", {key("add_expense", "http", k): digest(t, OWN) for k, t in made.items()})
    site = build(api, tmp_path / "site", options=PagesOptions(proof=proof, downloads=DOWNLOADS))
    with served(site) as base:
        page = open_page(base).go("reference/")
        mark = '[data-snippets="add_expense"] [data-language="python"] .api-verified'
        assert page.is_visible(mark)
        page.evaluate(TYPE, ["add_expense", [["paid_by", '"Ben"'], ["amount", "1851"]]])
        assert page.is_hidden(mark)
        page.evaluate(TYPE, ["add_expense", [["paid_by", '"Ben"'], ["amount", "1850"]]])
        assert page.is_visible(mark)
        type_base(page, OTHER)
        assert page.is_hidden(mark)
        page.click(RESET)
        assert page.is_visible(mark)


@pytest.fixture(scope="module")
def gradio_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    endpoint = Endpoint(
        name="draw",
        parameters=(Parameter(name="prompt", schema={"type": "string"}), Parameter(name="file", location="file")),
        call=GradioCall(api_name="draw"),
    )
    api = Api(title="G", source="gradio", servers=(Server(url="http://127.0.0.1:7860"),), endpoints=(endpoint,))
    with served(build(api, tmp_path_factory.mktemp("gradio") / "site")) as base:
        yield base


def test_a_chosen_file_is_in_the_snippets_or_named_by_them(gradio_site: str, open_page: Open) -> None:
    page = open_page(gradio_site).go("reference/")
    choose = """async ([name, size]) => {
        const file = await apispec.localFile(new File(["é".repeat(size)], name, { type: "text/plain" }));
        apispec.showSnippets("draw", new Map([["prompt", "cat"], ["file", file]]));
    }"""
    page.evaluate(choose, ["mine.txt", 3])
    assert 'Path("mine.txt").write_bytes("ééé".encode())' in code(page, "draw", "python")
    assert "printf %s 'ééé' > mine.txt" in code(page, "draw", "curl")
    page.evaluate(choose, ["large.txt", 100_000])
    assert 'handle_file("large.txt")' in code(page, "draw", "python")
    assert "--form 'files=@large.txt;type=text/plain'" in code(page, "draw", "curl")
    assert 'readFile("large.txt")' in code(page, "draw", "javascript")
    assert "éé" not in "".join(code(page, "draw", language) for language in ("python", "javascript", "curl"))
