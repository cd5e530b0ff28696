"""What becomes of an app when it is launched: whether it can be, whether it asks for a login, which calls it knows."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
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


def asks_for_login(arguments: Mapping[str, Any], file: str | None) -> bool:
    """Whether `launch` is given `auth`: in the arguments that it was seen with, else as the module's source has it."""
    return bool(arguments.get("auth")) if arguments else written_with_auth(file)


def serves_mcp(arguments: Mapping[str, Any], file: str | None) -> bool:
    """Whether `launch` is given `mcp_server`, seen or written likewise."""
    return bool(arguments.get("mcp_server")) if arguments else written_with(file, "mcp_server")


def mcp_path() -> str:
    """Where the MCP server of the imported Gradio is, for streamable HTTP; empty where it has none."""
    import gradio

    module = Path(gradio.__file__).with_name("mcp.py")
    text = module.read_text(encoding="utf-8") if module.is_file() else ""
    if "StreamableHTTP" not in text:
        return ""
    return "/gradio_api/mcp/http/" if 'Mount("/http/"' in text else "/gradio_api/mcp/"


def told_to_mcp(function: Any) -> dict[str, str]:
    """What a function is to Gradio's MCP server where it is no tool: a resource or a prompt; empty where it is one."""
    kind = getattr(function, "_mcp_type", None)
    if kind == "resource":
        found = {"uriTemplate": "_mcp_uri_template", "mimeType": "_mcp_mime_type"}
    elif kind == "prompt":
        found = {"name": "_mcp_name"}
    else:
        return {}
    told = {key: getattr(function, attribute, None) for key, attribute in found.items()}
    return {"type": kind, **{key: value for key, value in told.items() if isinstance(value, str) and value}}


def written_with_auth(file: str | None) -> bool:
    """Whether the source of a module calls some `launch(auth=…)`, which may be below its main guard."""
    return written_with(file, "auth")


def written_with(file: str | None, argument: str) -> bool:
    """Whether the source of a module calls some `launch` with an argument that is neither None nor False."""
    if not file or not Path(file).is_file():
        return False
    launches = [
        node
        for node in ast.walk(ast.parse(Path(file).read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "launch"
    ]
    given = [keyword.value for launch in launches for keyword in launch.keywords if keyword.arg == argument]
    return any(not (isinstance(value, ast.Constant) and value.value in (None, False)) for value in given)


def has_named_calls() -> bool:
    """Whether the imported Gradio has the route `/call/v2`."""
    import gradio.routes

    return "/call/v2/" in Path(gradio.routes.__file__).read_text(encoding="utf-8")
