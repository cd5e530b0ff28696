"""The site's one script and one stylesheet, joined from parts as they are, and its icon.

A part is a plain script or stylesheet of `templates/assets/`; one of the same path in a reader's own templates folder
takes its place.
"""

from __future__ import annotations

from jinja2 import Environment

TRY = (
    "form-elements", "form-schema", "form-check", "form-inputs", "form-field", "form-groups", "form",
    "send-words", "send-stream", "send", "result-values", "result", "recorder", "try",
)  # fmt: skip
"""Parts that make Try it and the API Recorder."""

SCRIPT = ("encoders", "styles", "request", "data", "highlight", "snippets", "call", "script", "base", *TRY, "page")
"""Parts of `assets/apispec.js`, in order: each uses what those before it have put into `apispec`."""

STYLE = ("base", "try")
"""Parts of `assets/apispec.css` that follow the file of that name."""


def assets(env: Environment) -> dict[str, str]:
    """The assets by path."""
    script = [_source(env, f"assets/script/{name}.js") for name in SCRIPT]
    style = [_source(env, "assets/apispec.css"), *(_source(env, f"assets/style/{name}.css") for name in STYLE)]
    return {
        "assets/apispec.css": "\n".join(style),
        "assets/apispec.js": "\n".join(script),
        "assets/favicon.svg": _source(env, "assets/favicon.svg"),
    }


def _source(env: Environment, name: str) -> str:
    assert env.loader is not None
    return env.loader.get_source(env, name)[0]
