"""The site's one script and one stylesheet, joined from parts, and its icon.

A part is a plain script or stylesheet of `templates/assets/`; its comments and spaces stay behind, being for those who
change it. One of the same path in a reader's own templates folder takes its place, as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment

from apispec.literals import json_text
from apispec.rendering.pages import squeeze
from apispec.snippets import table
from apispec.templating import templates_dir

CORE = ("encoders", "styles", "request", "data", "highlight", "snippets", "call", "script")
"""Parts that know calls: what Python does, in JavaScript."""

TRY = (
    "form-schema", "form", "form-check", "form-pattern",
    "base", "send-words", "form-inputs", "form-groups", "form-field",
    "form-elements", "result-values", "send-stream", "send", "auth-store", "auth-oauth", "auth", "try", "result",
    "recorder",
)  # fmt: skip
"""Parts that make the base URL's field, Try it and the API Recorder. They meet when a page is shown, so their order is
free: in this one they compress best, those that are alike standing near each other."""

SCRIPT = (*CORE, *TRY, "site", "page")
"""Parts of `assets/apispec.js`, in order: each uses what those of `CORE` before it have put into `apispec`."""

STYLE = ("base", "try", "portal")
"""Parts of `assets/apispec.css` that follow the file of that name."""


SEARCH = ("engine", "dialog")
"""Parts of `assets/search.js`, which is loaded when somebody searches."""


def assets(env: Environment, user_dirs: Sequence[str | Path] = (), *, search: bool = True) -> dict[str, str]:
    """The assets by path; a page that loads the script twice, from two folders, runs it once.

    Args:
        env: The environment of the pages' templates.
        user_dirs: The folders whose templates come before ours.
        search: Whether the site has our search.
    """
    script = [
        tables(user_dirs),
        f"apispec.seek = {json_text(search)};",
        *(_source(env, f"assets/script/{name}.js") for name in SCRIPT),
    ]
    style = [_source(env, "assets/apispec.css"), *(_source(env, f"assets/style/{name}.css") for name in STYLE)]
    return {
        "assets/apispec.css": "\n".join(style),
        "assets/apispec.js": "\n".join(["if(!globalThis.apispec?.start){", *script, "}"]),
        **(_search(env) if search else {}),
        "assets/moved.js": _source(env, "assets/moved.js"),
        "assets/favicon.svg": _source(env, "assets/favicon.svg"),
    }


def _search(env: Environment) -> dict[str, str]:
    return {
        "assets/search.js": "\n".join(_source(env, f"assets/search/{name}.js") for name in SEARCH),
        "assets/search.css": _source(env, "assets/search/search.css"),
    }


def tables(user_dirs: Sequence[str | Path] = ()) -> str:
    """The part before all others: the tables of the languages that pages and scripts are written in."""
    folders = [Path(folder, "languages") for folder in (templates_dir(), *user_dirs)]
    names = sorted({path.stem for folder in folders for path in folder.glob("*.toml")})
    found = {name: table(name, tuple(user_dirs)) for name in names}
    return f"var apispec = globalThis.apispec ?? {{}};\napispec.tables = {json_text(found)};"


def _source(env: Environment, name: str) -> str:
    assert env.loader is not None
    text, path, _ = env.loader.get_source(env, name)
    ours = path is not None and Path(path).is_relative_to(templates_dir())
    if not ours or name.endswith(".svg"):
        return text
    return squeeze.script(text) if name.endswith(".js") else squeeze.style(text)
