"""The MCP page: tools as clients see them, and how each client is told about the server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from apispec import examples as example
from apispec.clients import ConfigFile, Entry, HttpServer, Server, StdioServer, entries, start_commands
from apispec.examples import NoExampleError
from apispec.literals import json_text, shell_word
from apispec.model import Api, Json
from apispec.rendering.pages.code import code
from apispec.rendering.pages.descriptions import inline, markdown
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.layout import MCP, Layout
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.text import heading, one_line
from apispec.rendering.pages.tool_views import ClientView, FileView, PlaceView, ToolView, TransportView
from apispec.rendering.pages.views import CodeView, FieldView, LinkView
from apispec.rendering.proof import Proof
from apispec.requests import base_url
from apispec.tools import Catalogue, Tool, as_sent, is_dynamic, needed, server_name, tool_arguments
from apispec.words import N_, _

_HINTS = {
    ("readOnlyHint", True): N_("read-only"),
    ("destructiveHint", True): N_("destructive"),
    ("idempotentHint", True): N_("idempotent"),
    ("openWorldHint", False): N_("closed world"),
}
"""What is worth a badge: the other values are what clients assume anyway."""

_ELSEWHERE = "/path/to/"
"""The beginning of a path that the reader is to put right."""

_SYSTEMS = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}


def transport_views(api: Api, options: PagesOptions) -> tuple[TransportView, ...]:
    """How to connect over HTTP, where the server is or may be ours, and over stdio, where it is known what to start."""
    name = server_name(api.title)
    url = mcp_url(api, options)
    secrets = tuple(needed(api))
    found = []
    if url:
        found.append(_transport("http", "Streamable HTTP", name, HttpServer(url), code("URL", url, "text")))
    if options.target:
        shown = [_elsewhere(word) for word in options.start_options]
        shown += ["--python", _interpreter(options.python)] if options.python else []
        needs = [_elsewhere(word) for word in options.start_needs]
        command, *args = start_commands(_placeholder(options.target), options=shown, needs=needs)["uvx"]
        words = " ".join(shell_word(word) for word in (command, *args))
        server = StdioServer(command, tuple(args), {}, secrets)
        found.append(_transport("stdio", "stdio", name, server, code(_("Command"), words, "sh"), options.bundle))
    return tuple(found)


def listed_instead(api: Api, tools: Sequence[Tool]) -> tuple[str, ...]:
    """The names of what a server lists in place of many tools; none where it lists them all."""
    if not is_dynamic(api, len(tools)):
        return ()
    return tuple(entry["name"] for entry in Catalogue(api, tools).entries())


def mcp_url(api: Api, options: PagesOptions) -> str:
    """Where the MCP server is reached; empty where only starting one over stdio is known to work.

    `apispec serve` has it beside functions. What answers at the address of an app or a document has tools of its own,
    or none.
    """
    if not options.mcp_url and api.source != "functions" and options.target:
        return ""
    root = base_url(api) if options.base_url is None else options.base_url
    return options.mcp_url or root.rstrip("/") + "/mcp"


def _elsewhere(word: str) -> str:
    """An absolute path as one that the reader is to adapt; any other word as it is."""
    return _ELSEWHERE + re.split(r"[/\\]", word)[-1] if re.match(r"/|[A-Za-z]:[\\/]", word) else word


def _interpreter(path: str) -> str:
    """An interpreter as a path that the reader is to adapt; a command's name stays."""
    parts = re.split(r"[/\\]", path)
    return path if len(parts) == 1 else _ELSEWHERE + "/".join(parts[-3:])


def _placeholder(target: str) -> str:
    """A target as an absolute path that the reader is to adapt: clients start servers in folders of their own."""
    path, colon, attribute = target.partition(":")
    if not re.search(r"\.(py|json|ya?ml)$", path) or "://" in target:
        return target
    return _ELSEWHERE + re.split(r"[/\\]", path)[-1] + colon + attribute


def tool_view(tool: Tool, api: Api, layout: Layout, proof: Proof | None, *, brief: bool) -> ToolView:
    """A tool.

    Args:
        tool: The tool.
        api: The Api.
        layout: Where everything is.
        proof: Which tools passed.
        brief: Leave out what takes room: the arguments, which the endpoint's own section describes, and an example.
    """
    fields = Fields(api.schemas, lambda name: layout.schema(MCP, name), layout.plain_fields)
    given = _arguments(tool, api)
    hints = tuple(words for (key, value), words in _HINTS.items() if tool.annotations.get(key) is value)
    return ToolView(
        name=tool.name,
        heading=heading(tool.name),
        anchor=layout.anchors[tool.endpoint.name],
        title=one_line(tool.title),
        summary=inline(_summary(tool)) if brief else Markup(""),
        plain_summary=one_line(_summary(tool)),
        description=Markup("") if brief else markdown(tool.description),
        plain_description=tool.description,
        hints=hints,
        fields=() if brief else _fields(tool, fields),
        endpoint=LinkView(text=tool.endpoint.name, href=layout.endpoint(MCP, tool.endpoint.name)),
        call=code(_("Arguments"), json_text(given, indent=2), "json") if given is not None and not brief else None,
        verified=proof.mark if proof and proof.verified_tool(tool.endpoint.name, tool.to_json(), given) else "",
    )


def _summary(tool: Tool) -> str:
    """The endpoint's own, unless the tool is described in other words."""
    own = tool.endpoint.summary
    return own if tool.description.startswith(own.strip()) else tool.summary


def _fields(tool: Tool, fields: Fields) -> tuple[FieldView, ...]:
    schema = tool.input_schema
    own, whole = fields.component("", schema)
    return (*own, *(replace(whole, name="arguments", printed={}),)) if own and whole.nested else own


def _arguments(tool: Tool, api: Api) -> dict[str, Json] | None:
    """The example call's arguments, as the tool takes them."""
    try:
        return tool_arguments(tool, example.arguments(as_sent(tool.endpoint), api))
    except NoExampleError:
        return None


def _transport(
    id_: str, title: str, name: str, server: Server, shown: CodeView, bundle: str = ""
) -> TransportView:  # fmt: skip
    is_adapted = isinstance(server, StdioServer) and any(word.startswith(_ELSEWHERE) for word in server.argv)
    clients = tuple(_client(entry, bundle, server.secrets, is_adapted=is_adapted) for entry in entries(name, server))
    return TransportView(id=id_, title=title, server=shown, clients=clients)


def _client(entry: Entry, bundle: str, secrets: Sequence[str], *, is_adapted: bool) -> ClientView:
    """How a client is told.

    Args:
        entry: All that it knows.
        bundle: What installs the server by a click where the client takes that.
        secrets: The environment variables that the bundle asks for.
        is_adapted: Whether the reader has to put a path right first: a click would add what cannot start.
    """
    bundled = bool(bundle) and entry.client.id == "claude-desktop"
    note = entry.note
    if bundled:
        asks = _("The button installs a bundle and asks for {names}, which it keeps.", names=", ".join(secrets))
        asks = asks if secrets else _("The button installs a bundle.")
        note = f"{asks} " + _("With the file: {note}", note=note)
    return ClientView(
        id=entry.client.id,
        name=entry.client.name,
        link=f"../{bundle}" if bundled else "" if is_adapted else entry.link,
        command=code(_("Command"), entry.command, "sh") if entry.command else None,
        files=tuple(_file(file) for file in entry.files),
        note=note,
    )


def _file(file: ConfigFile) -> FileView:
    paths = file.paths
    same = len(set(paths.values())) == 1
    places = [PlaceView(path=path, system="" if same else _SYSTEMS[system]) for system, path in paths.items()]
    lexer = {"jsonc": "json"}.get(file.notation, file.notation)
    return FileView(places=tuple(dict.fromkeys(places)), code=code(file.notation, file.text, lexer))
