"""Every way of authenticating that an API accepts, and logging in for real at an identity server."""

from __future__ import annotations

import json
import re
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apispec.requests import variables_of
from apispec.sources import read_document
from tests.pages.conftest import Open, served
from tests.pages.trying import Trying, built

pytestmark = [pytest.mark.browser, pytest.mark.node]

IDENTITY = Path(__file__).parents[1] / "node" / "identity.mjs"


def document(issuer: str) -> dict[str, Any]:
    """An API whose calls can be authenticated in every way that OpenAPI knows."""
    scopes = {"read:books": "Read them", "write:books": "Write them", "openid": "", "offline_access": "Stay logged in"}
    token = {"tokenUrl": f"{issuer}/token", "scopes": scopes}
    flows = {
        "authorizationCode": {"authorizationUrl": f"{issuer}/auth", "x-default-client-id": "docs", **token},
        "deviceAuthorization": {"deviceAuthorizationUrl": f"{issuer}/device/auth", "x-default-client-id": "docs", **token},
        "clientCredentials": {"tokenUrl": f"{issuer}/token", "scopes": {}},
    }  # fmt: skip
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "queryKey": {"type": "apiKey", "in": "query", "name": "key"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
        "login": {"type": "http", "scheme": "basic"},
        "digest": {"type": "http", "scheme": "digest"},
        "bearer": {"type": "http", "scheme": "bearer"},
        "oauth": {"type": "oauth2", "flows": flows},
        "oidc": {"type": "openIdConnect", "openIdConnectUrl": f"{issuer}/.well-known/openid-configuration"},
        "certificate": {"type": "mutualTLS"},
    }
    ways = [{"certificate": []}, {"key": []}, {"login": []}, {"queryKey": []}, {"oauth": ["read:books"]}, {"oidc": []}]
    ways += [{"digest": []}, {"bearer": []}, {"cookie": []}, {"key": [], "login": []}, {}]
    ok = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}
    return {
        "openapi": "3.2.0",
        "info": {"title": "Locked", "version": "1"},
        "servers": [{"url": f"{issuer}/api"}],
        "components": {"securitySchemes": schemes},
        "paths": {
            "/me": {"get": {"operationId": "whoAmI", "tags": ["one"], "security": ways, "responses": ok}},
            "/me/again": {"get": {"operationId": "whoAgain", "tags": ["two"], "security": [{"oauth": []}, {"key": []}], "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}, "example": "x"}], "responses": ok}},
            "/open": {"get": {"operationId": "open", "tags": ["one"], "security": [], "responses": ok}},
        },
    }  # fmt: skip


@dataclass
class Locked:
    url: str
    issuer: str
    names: dict[str, tuple[str, ...]]
    """The variables of each scheme."""


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("locked")
    target = folder / "openapi.json"
    target.write_text(json.dumps(document(issuer)), encoding="utf-8")
    out = folder / "site"
    out.mkdir()
    with (
        served(out) as url,
        subprocess.Popen(
            ["node", str(IDENTITY), str(port), url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server,
    ):
        try:
            built(str(target), out, f"{issuer}/api", url=url)  # which has instant navigation, as it knows its address
            assert server.stdout
            assert next(line for line in server.stdout if "ready" in line)
            yield Locked(url, issuer, variables_of(read_document(str(target)).api))
        finally:
            server.terminate()


def where(url: str, name: str) -> str:
    """The path of an endpoint's page, as the overview links it."""
    import urllib.request

    page = urllib.request.urlopen(url, timeout=10).read().decode()
    found = re.search(rf'href="([^"#]*)(?:#[^"]*)?"[^>]*>[^<]*<span[^>]*>GET</span> <code>{name}<', page)
    assert found, name
    return found[1]


def try_it(open_page: Open, locked: Locked, name: str, **more: Any) -> Trying:
    page = open_page(locked.url, **more).go(where(locked.url, name))
    return Trying(page, name).open()


def choose(form: Trying, way: str) -> None:
    form.field("Authenticate by").select_option(label=way)


def log_in(form: Trying, opener: Any) -> None:
    """What a reader does at the identity server."""
    with form.page.context.expect_page() as opened:
        opener.click()
    popup = opened.value
    popup.get_by_placeholder("Enter any login").fill("ann")
    popup.get_by_placeholder("and password").fill("x")
    popup.get_by_role("button", name="Sign-in").click()
    popup.get_by_role("button", name="Continue").click()
    form.form.get_by_text("Logged in until").wait_for()


def test_each_way_has_its_snippet_and_its_fields(open_page: Open, locked: Locked) -> None:
    form = try_it(open_page, locked, "whoAmI")
    assert form.field("Authenticate by").locator("option").all_inner_texts() == [
        "key", "login", "queryKey", "oauth", "oidc", "digest", "bearer", "cookie", "key + login", "No credentials",
        "certificate",
    ]  # fmt: skip
    one = {name: variables[0] for name, variables in locked.names.items()}
    two = {
        name: "${{{}}}:${{{}}}".format(*variables) for name, variables in locked.names.items() if len(variables) == 2
    }
    said = {
        "key": f'--header "X-Key: ${{{one["key"]}}}"', "login": f'--user "{two["login"]}"',
        "queryKey": f"key=${{{one['queryKey']}}}", "oauth": f"Authorization: Bearer ${{{one['oauth']}}}",
        "digest": f'--digest --user "{two["digest"]}"', "bearer": f"Authorization: Bearer ${{{one['bearer']}}}",
        "cookie": f"Cookie: session=${{{one['cookie']}}}",
    }  # fmt: skip
    for way, words in said.items():
        choose(form, way)
        form.follows(words, "curl")
    choose(form, "digest")
    form.follows("auth=requests.auth.HTTPDigestAuth(")
    choose(form, "No credentials")
    expect(form.section.locator("[data-language=curl] code")).not_to_contain_text("$")
    assert "$" not in form.snippet("curl")
    assert "import os" not in form.snippet("python")
    choose(form, "certificate")
    expect(form.form).to_contain_text("A client certificate")
    choose(form, "key + login")
    expect(form.form.locator("[data-scheme]")).to_have_count(2)
    # the first thing in the form, remembered on the next page and after loading anew
    assert form.form.locator("fieldset.api-credentials").evaluate("node => node === node.parentNode.firstElementChild")
    choose(form, "login")
    form.page.reload()
    form.follows("--user", "curl")  # before a form is opened
    expect(form.open().field("Authenticate by").locator("option:checked")).to_have_text("login")


def test_what_was_typed_is_sent_and_survives(open_page: Open, locked: Locked) -> None:
    form = try_it(open_page, locked, "whoAmI")
    choose(form, "login")
    form.field(locked.names["login"][0]).fill("ann")
    form.field(locked.names["login"][1]).fill("päss")
    form.send()
    assert form.json() == {"who": "ann"}
    choose(form, "queryKey")
    form.field(locked.names["queryKey"][0]).fill("sesame")
    form.send()
    form.done()
    assert form.json() == {"who": "key"}
    expect(form.form.locator(".api-history summary")).to_have_text("Calls so far: 2")
    kept = form.page.evaluate("Object.entries(sessionStorage).find(([key]) => key.includes(':calls:'))[1]")
    texts = [call["text"] for call in json.loads(kept)["whoAmI"]]
    assert texts == [None, None], "answers to calls with credentials are in no storage"
    form.page.reload()
    form.open().has(locked.names["queryKey"][0], "sesame")
    assert form.page.evaluate("Object.keys(localStorage).filter(key => key.includes('credentials'))") == []
    other = form.page.context.new_page()
    other.goto(form.page.url)
    Trying(other, "whoAmI").open().has(locked.names["queryKey"][0], "")  # in one's own tab alone
    form.form.get_by_label("Remember on this computer").check()
    other.reload()
    Trying(other, "whoAmI").open().has(locked.names["queryKey"][0], "sesame")
    form.button("Forget all").click()
    form.has(locked.names["queryKey"][0], "")
    assert form.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})").count("sesame") == 0


def test_another_server_is_told_nothing(open_page: Open, locked: Locked) -> None:
    form = try_it(open_page, locked, "whoAmI")
    choose(form, "key")
    form.field(locked.names["key"][0]).fill("sesame")
    form.page.get_by_label("Base URL").fill("http://127.0.0.1:9/api")
    form.page.get_by_label("Base URL").press("Enter")
    form.has(locked.names["key"][0], "")


@pytest.mark.parametrize("way", ["oauth", "oidc"])
def test_authorization_code(open_page: Open, locked: Locked, way: str) -> None:
    form = try_it(open_page, locked, "whoAmI")
    watched: list[str] = []
    form.page.context.on("request", lambda request: watched.append(request.url))
    choose(form, way)
    form.field("Client ID").fill("docs")
    form.form.get_by_label("offline_access").check()
    form.form.get_by_label("read:books").check()
    log_in(form, form.form.get_by_role("button", name="Log in", exact=True))
    form.send()
    assert form.json()["who"] == "ann"
    assert "read:books" in form.json()["scope"]
    token = form.page.evaluate('Object.values(sessionStorage).join().match(/"access":"([^"]+)/)[1]')
    shown = form.page.content() + form.snippet("curl") + form.snippet("python")
    assert token not in shown
    assert not [url for url in watched if token in url]
    # the token is about to end (31 s; the last 30 are not waited for), so the next call renews it
    form.page.wait_for_timeout(1100)
    form.page.reload()
    again = form.open()
    again.send()
    again.done()
    assert again.json()["who"] == "ann"
    seen = form.page.evaluate("url => fetch(url).then(answer => answer.json())", f"{locked.issuer}/api/seen")
    assert "refresh_token" in seen
    again.button("Log out").click()
    again.send()
    assert "401" in again.done()


def test_a_token_opens_the_next_page(open_page: Open, locked: Locked) -> None:
    """The overview's card logs in for every page."""
    page = open_page(locked.url).go()
    page.get_by_text("Log in, or type in your credentials").click()
    card = page.locator(".api-auth-card")
    expect(card.locator("[data-scheme]")).to_have_count(9)
    with page.context.expect_page() as opened:
        card.locator("[data-scheme=oauth]").get_by_role("button", name="Log in", exact=True).click()
    popup = opened.value
    popup.get_by_placeholder("Enter any login").fill("bob")
    popup.get_by_placeholder("and password").fill("x")
    popup.get_by_role("button", name="Sign-in").click()
    popup.get_by_role("button", name="Continue").click()
    card.get_by_text("Logged in until").wait_for()
    page.goto(locked.url + where(locked.url, "whoAgain"))
    form = Trying(page, "whoAgain").open()
    expect(form.form.get_by_text("Logged in until")).to_have_count(1)
    assert "code=" not in page.url


def test_device_code(open_page: Open, locked: Locked) -> None:
    form = try_it(open_page, locked, "whoAmI", width=390, scheme="dark")
    choose(form, "oauth")
    form.field("Flow").select_option(label="Log in on another device (code)")
    form.form.get_by_role("button", name="Log in", exact=True).click()
    code = form.form.locator(".api-device-code").inner_text()
    other = form.page.context.new_page()
    other.goto(str(form.form.locator("a", has_text="/device").get_attribute("href")))
    other.get_by_role("button", name="Continue").wait_for()
    if other.get_by_role("textbox").count():
        other.get_by_role("textbox").fill(code)
    other.get_by_role("button", name="Continue").click()
    other.get_by_placeholder("Enter any login").fill("eve")
    other.get_by_placeholder("and password").fill("x")
    other.get_by_role("button", name="Sign-in").click()
    other.get_by_role("button", name="Continue").click()
    form.form.get_by_text("Logged in until").wait_for()
    form.send()
    assert form.json()["who"] == "eve"


def test_client_credentials_with_a_warning(open_page: Open, locked: Locked) -> None:
    form = try_it(open_page, locked, "whoAmI")
    choose(form, "oauth")
    form.field("Flow").select_option(label="As the client itself (client credentials)")
    expect(form.form).to_contain_text("secret is for servers")
    form.field("Client ID").fill("service")
    form.field("Client secret").fill("wrong")
    form.button("Get a token").click()
    form.form.get_by_text("The server gave no token").wait_for()
    form.field("Client secret").fill("service-secret")
    form.button("Get a token").click()
    form.form.get_by_text("Logged in until").wait_for()
    form.send()
    assert form.json()["who"] == "service"


def sign_in(page: Any, name: str = "ann") -> None:
    """What a reader does at the identity server, in this tab."""
    page.get_by_placeholder("Enter any login").fill(name)
    page.get_by_placeholder("and password").fill("x")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("kind", ["blocked", "phone"])
def test_in_the_same_tab_where_there_is_no_second_window(open_page: Open, locked: Locked, kind: str) -> None:
    """Back at the operation with what was typed, and no trace in the address or the history."""
    more: dict[str, Any] = {"width": 390, "is_mobile": True, "has_touch": True} if kind == "phone" else {}
    watched = open_page(locked.url, **more)
    if kind == "blocked":
        watched.page.add_init_script("window.open = () => null")
    page = watched.go(where(locked.url, "whoAgain"))
    address = page.url
    form = Trying(page, "whoAgain").open()
    form.field("q").fill("what I typed")
    form.field("Client ID").fill("docs")
    form.form.get_by_label("read:books").check()
    form.form.get_by_role("button", name="Log in", exact=True).click()
    sign_in(page)
    form.form.get_by_text("Logged in until").wait_for()
    assert page.url.split("#")[0] == address
    form.has("q", "what I typed")
    form.follows("what I typed")
    assert len(page.context.pages) == 1
    form.send()
    assert form.json()["who"] == "ann"
    assert "code=" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage}) + document.referrer")


def test_who_is_refused_comes_back_to_the_operation(open_page: Open, locked: Locked) -> None:
    watched = open_page(locked.url)
    watched.page.add_init_script("window.open = () => null")
    page = watched.go(where(locked.url, "whoAgain"))
    form = Trying(page, "whoAgain").open()
    form.field("q").fill("kept")
    form.form.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("link", name="Cancel").click()
    form.form.get_by_text("The server let nobody in").wait_for()
    form.has("q", "kept")
    assert page.url.split("#")[0] == locked.url + where(locked.url, "whoAgain").split("#")[0]


def test_on_the_overview_in_the_same_tab(open_page: Open, locked: Locked) -> None:
    watched = open_page(locked.url)
    watched.page.add_init_script("window.open = () => null")
    page = watched.go()
    page.get_by_text("Log in, or type in your credentials").click()
    card = page.locator(".api-auth-card")
    card.locator("[data-scheme=oauth]").get_by_role("button", name="Log in", exact=True).click()
    sign_in(page)
    card.get_by_text("Logged in until").wait_for()
    assert page.url == locked.url


def test_a_token_is_nowhere_but_in_its_own_place(open_page: Open, locked: Locked) -> None:
    """After a login, calls, a recording, moving on with and without instant navigation, and an environment."""
    watched = open_page(locked.url)
    page = watched.go(where(locked.url, "whoAgain"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.get_by_role("button", name="Record", exact=True).click()
    form = Trying(page, "whoAgain").open()
    form.form.get_by_label("offline_access").check()
    log_in(form, form.form.get_by_role("button", name="Log in", exact=True))
    form.send()
    assert form.json()["who"] == "ann"
    kept = page.evaluate("Object.entries(sessionStorage).filter(([key]) => key.includes('credentials'))[0][1]")
    tokens = re.findall(r'"(?:access|refresh)":"([^"]+)"', kept)
    assert len(tokens) == 2
    page.get_by_role("button", name="Stop", exact=True).click()
    recorder = page.get_by_role("region", name="API Recorder")
    scripts = []
    for language in recorder.get_by_role("radio").all():
        language.check(force=True)
        scripts.append(recorder.locator("pre").inner_text())
    assert len(scripts) >= 3
    assert all("whoAgain" in script or "me/again" in script for script in scripts)
    marker = page.evaluate("globalThis.marker = Math.random()")
    page.locator(".md-nav--primary a", has_text="Overview").first.click()  # the same document, if navigation is instant
    page.get_by_text("Log in, or type in your credentials").click()
    page.locator(".api-auth-card").get_by_text("Logged in until").wait_for()
    instant = page.evaluate("globalThis.marker") == marker
    page.goto(locked.url + where(locked.url, "whoAmI"))  # another document
    other = Trying(page, "whoAmI").open()
    choose(other, "oauth")
    other.form.get_by_text("Logged in until").wait_for()
    elsewhere = page.evaluate(
        "JSON.stringify(Object.entries({...sessionStorage, ...localStorage}).filter(([key]) => !key.includes('credentials')))"
    )
    seen = [page.content(), page.url, elsewhere, *scripts, *watched.complaints]
    seen += [url for url in asked if not url.startswith(f"{locked.issuer}/token")]
    assert instant
    for token in tokens:
        assert [text for text in seen if token in text] == []
