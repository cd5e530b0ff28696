"""The scripts and stylesheets that sites get say what their parts say."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import minify
import pytest

from apispec.rendering.pages import Pages, PagesOptions
from apispec.rendering.pages.assets import CONSOLE, CORE, FRAME, SAMPLE, STYLE, TRY
from apispec.templating import templates_dir
from tests.pages.conftest import Open, build, served
from tests.pages.samples import kitty
from tests.pages.trying import trying

ASSETS = templates_dir() / "assets"

TYPES = {".js": "application/javascript", ".css": "text/css"}


def minified() -> dict[str, str]:
    """Our scripts and stylesheets as the wheel has them, by path in `templates/assets`."""
    paths = sorted(path for path in ASSETS.rglob("*") if path.suffix in TYPES)
    return {
        path.relative_to(ASSETS).as_posix(): minify.string(TYPES[path.suffix], path.read_text(encoding="utf-8"))
        for path in paths
    }


@pytest.mark.browser
def test_minified_scripts_do_the_same(tmp_path: Path, open_page: Open) -> None:
    """As a user's templates they take the place of the sources."""
    for name, text in minified().items():
        target = tmp_path / "templates" / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    options = PagesOptions(template_dirs=(str(tmp_path / "templates"),), layout="operations")
    with served(build(kitty(), tmp_path / "site", options=options)) as base:
        watched = open_page(base)
        form = trying(watched, "reference/add_expense/", "add_expense")
        form.field("paid_by").fill("Zoe")
        form.follows('"Zoe"')
        page = form.page
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Search").fill("monthly")
        page.locator(".api-found[href$='reference/monthly_totals/']").wait_for()
        assert watched.complaints == []


def test_every_part_is_in_one_script() -> None:
    parts = [*FRAME, *CORE, *TRY, *SAMPLE, *CONSOLE]
    assert sorted(parts) == sorted(set(parts)) == sorted(path.stem for path in (ASSETS / "script").glob("*.js"))
    assert set(STYLE) == {path.stem for path in (ASSETS / "style").glob("*.css")}


def test_stylesheets_close_their_rules() -> None:
    """What is not closed takes all that follows with it."""
    for path in ASSETS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        around: list[str] = []
        for head, sign in re.findall(r"([^{};]*)([{};])", text):
            if sign == "{":
                assert all(outer.startswith("@") for outer in around), (path.name, head.strip())
                around.append(head.strip())
            elif sign == "}":
                around.pop()
        assert not around, (path.name, around)


def test_what_a_page_loads_before_anyone_touches_it() -> None:
    files = Pages(kitty()).render()
    assert len(gzip.compress(str(files["assets/apispec.js"]).encode())) <= 12_000
    assert len(gzip.compress(str(files["assets/apispec.css"]).encode())) <= 9_000  # with its comments; see below
    assert "assets/calls.js" in files


def test_the_wheel_has_less() -> None:
    small = minified()
    for name, text in small.items():
        assert len(text) < len((ASSETS / name).read_text(encoding="utf-8")), name
    style = "".join(small[name] for name in ("apispec.css", *(f"style/{part}.css" for part in STYLE)))
    assert len(gzip.compress(style.encode())) <= 8_000
    frame = "".join(small[f"script/{part}.js"] for part in FRAME)
    assert len(gzip.compress(frame.encode())) <= 6_000
