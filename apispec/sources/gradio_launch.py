"""Whether Gradio itself can launch an app: it describes every endpoint then, and stumbles over some of them."""

from __future__ import annotations

from typing import Any


def refusals(app: Any) -> dict[int, str]:
    """The functions that Gradio cannot describe, by their ids, and what it says of them.

    Measured: 5.33 does not know `{"type": ["integer", "null"]}` (an Optional of `gr.api`), 6.31 writes defaults as JSON
    (an Enum, a Timestamp in a table). Either makes `launch` fail with words about localhost.
    """
    if not _refusal(app):
        return {}
    config, functions = app.default_config, app.fns
    found = {}
    try:
        for number, function in functions.items():
            config.fns = {number: function}
            if problem := _refusal(app):
                found[number] = problem
    finally:
        config.fns = functions
    return found


def _refusal(app: Any) -> str:
    from gradio import routes

    try:
        info = app.get_api_info()
        in_shell = getattr(routes, "generate_cli_snippet", None)
        if in_shell is not None:
            in_shell(info["named_endpoints"])
    except Exception as error:  # whatever it stumbles over
        return f"{type(error).__name__}: {error}"
    return ""
