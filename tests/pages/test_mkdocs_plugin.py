"""The plugin `apispec` in users' own sites, beside the plugins that such sites have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.pages.conftest import Open, served

SHOP = 'def buy(item: str) -> float:\n    """Buy {{ it }} {# now #}."""\n    return 1.0\n'
PAY = {"operationId": "pay", "summary": "Pay", "tags": ["money"], "responses": {"200": {"description": "ok"}}}
BANK = {"openapi": "3.1.0", "info": {"title": "Bank", "version": "7"}, "paths": {"/pay": {"get": PAY}}}
HOME = """# Mine

See [[operation buy]], [[operation bank:pay|the payment]] and `[[operation code]]`.

```
[[operation fenced]]
```
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    (tmp_path / "bank.json").write_text(json.dumps(BANK), encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text(HOME, encoding="utf-8")
    return tmp_path


APIS = {"apis": [{"target": "shop.py", "at": "shop/"}, {"target": "bank.json", "at": "bank", "name": "Bank"}]}


def built(project: Path, plugins: list[Any], *, fails: bool = False, **more: Any) -> str:
    """Build it as a user does; what was said."""
    config = {"site_name": "Mine", "theme": {"name": "material", "font": False}, "plugins": plugins, **more}
    (project / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert bool(done.returncode) == fails, done.stderr
    return done.stderr


@pytest.mark.browser
def test_two_apis_beside_macros(project: Path, open_page: Open) -> None:
    nav = ["index.md", {"Buying": "shop/"}]
    built(project, ["search", "macros", {"apispec": APIS}], nav=nav)
    site = project / "site"
    home = (site / "index.html").read_text(encoding="utf-8")
    assert '<a href="shop/reference/#buy"><code>buy</code></a>' in home
    assert '<a href="bank/reference/#pay">the payment</a>' in home
    for kept in ("[[operation code]]", "[[operation fenced]]"):
        assert kept in home
    assert "Buying" in home and ">Bank<" in "".join(home.split()), "where the navigation says, else at its end"
    assert (site / "shop" / "SKILL.md").is_file() and (site / "bank" / "openapi.json").is_file()
    assert "Buy {{ it }} {# now #}." in unescape((site / "shop" / "reference" / "index.html").read_text("utf-8"))
    with served(site) as url:
        watched = open_page(url)
        for path in ("shop/reference/", "bank/reference/", "shop/reference/buy/"):
            page = watched.go(path)
            page.get_by_role("button", name="Try it").first.click()
            page.get_by_role("form").first.wait_for()
        assert [c for c in watched.complaints if "favicon" not in c] == []


def test_a_script_that_is_loaded_from_two_folders_runs_once(project: Path, open_page: Open) -> None:
    for name, target in (("one", "shop.py"), ("two", "bank.json")):
        command = [sys.executable, "-m", "apispec", "pages", target, "--out", f"docs/{name}", "-q"]
        subprocess.run(command, cwd=project, check=True)
    (project / "docs" / "index.md").write_text("# Mine\n", encoding="utf-8")
    scripts = [f"{name}/assets/apispec.js" for name in ("one", "two")]
    (project / "mkdocs.yml").write_text(
        json.dumps({
            "site_name": "Mine", "theme": {"name": "material", "font": False}, "markdown_extensions": ["attr_list"],
            "extra_css": ["one/assets/apispec.css"], "extra_javascript": scripts,
        }), encoding="utf-8",
    )  # fmt: skip
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project, check=True, capture_output=True)
    with served(project / "site") as url:
        watched = open_page(url)
        page = watched.go("two/reference/")
        assert page.get_by_role("button", name="Try it").count() == 1
        assert watched.complaints == []


def test_other_plugins(project: Path) -> None:
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    (project / "docs" / ".nav.yml").write_text("nav:\n  - index.md\n  - Shop: shop\n  - '*'\n", encoding="utf-8")
    i18n = {"i18n": {"docs_structure": "suffix", "languages": languages}}
    built(project, ["search", {"apispec": APIS}, "awesome-nav", i18n])
    assert (project / "site" / "shop" / "reference" / "index.html").is_file()
    assert (project / "site" / "de" / "index.html").is_file()


def test_mike(project: Path) -> None:
    config = {"site_name": "Mine", "theme": "material", "plugins": ["search", {"apispec": APIS}, "mike"]}
    (project / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "1"]):
        subprocess.run([*git, *words], cwd=project, check=True)
    identity = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    identity["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for version in ("1.0", "2.0"):
        mike = str(Path(sys.executable).with_name("mike"))
        subprocess.run(
            [mike, "deploy", version], cwd=project, check=True, capture_output=True, env={**os.environ, **identity}
        )
    listed = subprocess.run(
        [*git, "ls-tree", "-r", "--name-only", "gh-pages"], cwd=project, check=True, capture_output=True, text=True
    )
    assert {"1.0/shop/reference/index.html", "2.0/bank/SKILL.md"} <= set(listed.stdout.split())


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"apis": [{"target": "missing.py"}]}, "missing.py"),
        ({"apis": [{"at": "x"}]}, "an API needs a target"),
        ({"target": "shop.py", "at": "../up"}, "can be no folder of the site"),
        ({"apis": [{"target": "shop.py", "sever": "x"}]}, "did you mean servers?"),
    ],
)
def test_what_is_wrong_is_said(project: Path, settings: dict[str, Any], words: str) -> None:
    said = built(project, [{"apispec": settings}], fails=True)
    assert words in said and "Traceback" not in said


def test_unknown_references_are_warnings(project: Path) -> None:
    (project / "docs" / "index.md").write_text("[[operation sell]] [[tag money]]\n", encoding="utf-8")
    said = built(project, [{"apispec": APIS}], fails=True)
    assert "index.md refers to the operation 'sell', which no API has" in said


def test_it_is_made_anew_when_the_code_changes(project: Path) -> None:
    from mkdocs.config import load_config

    from apispec.cli.mkdocs_plugin import ApispecPlugin

    (project / "mkdocs.yml").write_text(
        json.dumps({"site_name": "Mine", "plugins": [{"apispec": APIS}]}), encoding="utf-8"
    )
    config = load_config(str(project / "mkdocs.yml"))
    plugin = config.plugins["apispec"]
    assert isinstance(plugin, ApispecPlugin)
    first = plugin.on_config(config)
    made = dict(plugin._made)
    plugin.on_config(first)
    assert plugin._made == made and all(plugin._made[at] is made[at] for at in made), "nothing changed"
    (project / "shop.py").write_text(SHOP.replace("buy", "purchase"), encoding="utf-8")
    plugin.on_config(first)
    assert ("operation", "purchase") in plugin._made["shop"].generated.places
    assert plugin._made["bank"] is made["bank"]


def test_serve_follows_the_code(project: Path) -> None:
    """`mkdocs serve` as a user runs it: a change of the app, then one of the document, is on the page."""
    import socket
    import time
    import urllib.error
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = {"site_name": "Mine", "theme": {"name": "material", "font": False}, "plugins": [{"apispec": APIS}]}
    (project / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}

    def shows(path: str, words: str) -> None:
        for _ in range(300):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30).read().decode()
            except (urllib.error.URLError, ConnectionError):
                page = ""
            if words in page:
                return
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
        raise AssertionError(f"{path} never showed {words!r}")

    with subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            shows("shop/reference/", "item")
            (project / "shop.py").write_text(SHOP.replace("item", "article"), encoding="utf-8")
            shows("shop/reference/", "article")
            changed = {**BANK, "paths": {"/pay": {"get": {**PAY, "summary": "Pay at once"}}}}
            (project / "bank.json").write_text(json.dumps(changed), encoding="utf-8")
            shows("bank/reference/", "Pay at once")
        finally:
            server.terminate()
