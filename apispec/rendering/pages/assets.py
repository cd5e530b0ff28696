"""The site's scripts and stylesheets, joined from parts, and its icon.

A part is a plain script or stylesheet of `templates/assets/`. The wheel has each without what only those who change it
need, in `templates/minified/` (`hatch_build.py`). One of the same path in a reader's own templates folder takes its
place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment

from apispec.literals import json_text
from apispec.rendering.pages.menu import core_tables
from apispec.rendering.pages.options import PagesOptions
from apispec.requests import STYLES
from apispec.snippets import table
from apispec.templating import templates_dir
from apispec.words import plural, words_for

CORE = ("encoders", "styles", "request", "data", "highlight", "snippets", "call", "script")
"""Parts that know calls: what Python does, in JavaScript. Each uses what those before it have put into `apispec`."""

TRY = (
    "form-schema", "form", "form-check", "form-pattern", "base", "send-words", "form-inputs", "form-groups",
    "form-json", "form-field", "result-values", "send-stream", "send", "auth-store", "auth-oauth", "auth-digest",
    "auth", "environment", "try", "copy-as", "result", "recorder", "languages",
)  # fmt: skip
"""Parts that make the base URL's field, Try it and the API Recorder. They meet when a page is shown, so their order is
free: in this one they compress best, those that are alike standing near each other."""

FRAME = ("words", "start", "form-elements", "site", "wake", "page")
"""Parts of `assets/apispec.js`, which every page loads; `CORE` and `TRY` are `assets/calls.js`, which is loaded when
somebody is there to call something, `SAMPLE` is `assets/sample.js`, and `SEARCH` is `assets/search.js`."""

SAMPLE = ("sample",)
"""Parts that answer from the description, for who asks for that."""

CONSOLE = ("tree", "compare", "history", "environments")
"""Parts of `assets/console.js`, for who has a form of Try it open, or manages environments."""

SEARCH = ("engine", "dialog")

SCRIPT = (*FRAME, *CORE, *TRY, *SAMPLE, *CONSOLE)
"""All parts in `assets/script/`."""

STYLE = ("base", "try", "portal")
"""Parts of `assets/apispec.css` that follow the file of that name."""


def assets(env: Environment, options: PagesOptions) -> dict[str, str]:
    """The assets by path; a page that loads the script twice, from two folders, runs it once.

    Args:
        env: The environment of the pages' templates.
        options: What the user has chosen.
    """
    search = options.search
    frame = [
        "var apispec=globalThis.apispec??{};",
        *_words([*(f"script/{name}" for name in FRAME), "portal", "versions"], first=True),
        f"apispec.seek = {json_text(search)};",
        *(_source(env, f"assets/script/{name}.js") for name in FRAME),
    ]
    calls = [
        tables(options),
        *_words([f"script/{name}" for name in (*CORE, *TRY)]),
        *(_source(env, f"assets/script/{name}.js") for name in (*CORE, *TRY)),
    ]
    style = [_source(env, "assets/apispec.css"), *(_source(env, f"assets/style/{name}.css") for name in STYLE)]
    return {
        "assets/apispec.css": "\n".join(style),
        "assets/apispec.js": _joined(["if(!globalThis.apispec?.start){0", *frame, "}"]),
        "assets/calls.js": _joined([*calls[:1], "apispec.hold();", *calls[1:], "apispec.awake();"]),
        "assets/sample.js": _later(env, SAMPLE),
        "assets/console.js": _later(env, CONSOLE),
        "assets/console.css": _source(env, "assets/console.css"),
        **(_search(env) if search else {}),
        "assets/moved.js": _source(env, "assets/moved.js"),
        "assets/favicon.svg": _source(env, "assets/favicon.svg"),
    }


def _later(env: Environment, parts: Sequence[str], folder: str = "script") -> str:
    """A script that is loaded when it is wanted, of parts of a folder."""
    names = [f"{folder}/{name}" for name in parts]
    return _joined([*_words(names), *(_source(env, f"assets/{name}.js") for name in names)])


def _search(env: Environment) -> dict[str, str]:
    return {
        "assets/search.js": _later(env, SEARCH, "search"),
        "assets/search.css": _source(env, "assets/search/search.css"),
    }


def _words(parts: Sequence[str], *, first: bool = False) -> list[str]:
    """What some scripts say in the site's language, as statements before them; nothing in English.

    Args:
        parts: The scripts, in `assets/` and without `.js`.
        first: Whether they come before all others.
    """
    found = words_for([f"assets/{name}.js" for name in parts])
    if not found:
        return []
    said = json_text(found).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if not first:
        return [f"Object.assign(apispec.words,{said});"]
    return [f"apispec.words={said};", f"apispec.plural=(n)=>Number({plural()});"]


def tables(options: PagesOptions | None = None) -> str:
    """The part before all others: the tables of languages and of parameter styles."""
    options = options or PagesOptions()
    found = {name: table(name, options.template_dirs) for name in core_tables(options)}
    data = {"tables": found, "styleTable": STYLES}
    return f"var apispec = globalThis.apispec ?? {{}};\nObject.assign(apispec, {json_text(data)});"


def _joined(parts: Iterable[str]) -> str:
    """Scripts as one: where the last statement of each has lost its semicolon, the next is none of its arguments."""
    return ";\n".join(part.rstrip().rstrip(";") for part in parts) + "\n"


def _source(env: Environment, name: str) -> str:
    assert env.loader is not None
    text, path, _ = env.loader.get_source(env, name)
    ours = path is not None and Path(path).is_relative_to(templates_dir())
    small = templates_dir() / "minified" / name.removeprefix("assets/")
    return small.read_text(encoding="utf-8") if ours and small.is_file() else text
