"""Gradio apps (5.33 and 6) as an Api: every endpoint that `get_api_info` knows, and what it leaves out.

Names, defaults and which endpoints there are follow Gradio's own rules, endpoint by endpoint, so that one that Gradio
itself stumbles over costs no other. Schemas of components are the work of `components`, functions added with
`gr.api` are described from their hints as plain functions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apispec.findings import Severity, sort_key
from apispec.introspection import api_of
from apispec.model import Endpoint, Introspection, Server
from apispec.sources.gradio.endpoints import endpoint
from apispec.sources.gradio.launch import mcp_path, refusals, serves_mcp
from apispec.sources.gradio.reading import Reading

if TYPE_CHECKING:
    from apispec.introspection import Context

DEFAULT_URL = "http://127.0.0.1:7860"
"""Where `launch()` serves unless it is told otherwise."""
_EVERY_APPS = frozenset({"run", "main", "init", "webui"})
"""Names of files that say nothing of the app in them."""
_LOGIN = {
    "type": "apiKey",
    "in": "cookie",
    "name": "access-token",
    "description": "`POST /login` sets it. Its name goes on with a text of the running server: `access-token-…`, or "
    "`access-token-unsecure-…` over plain http.",
}


def describe(app: Any, context: Context) -> Introspection:
    """Read a Blocks, Interface, ChatInterface or TabbedInterface.

    Args:
        app: The app, of the Gradio that is imported in this process.
        context: Where it was found.
    """
    reading = Reading(app, context)
    endpoints = tuple(_endpoints(reading))
    if not endpoints:
        place = reading.reports.location(reading.file or "", 1)
        hint = "an endpoint is a listener with a Python function, not hidden: button.click(function, ...)"
        reading.reports.add("no-endpoints", "the Gradio app has no endpoints", location=place, hint=hint)
    options = context.options
    api = api_of(None, context.module, endpoints, reading.schemas, options)
    title = options.title or _title(reading) or _folder(reading) or api.title
    description = options.description or reading.text("description") or api.description
    api = replace(api, title=title, description=description, source="gradio", servers=(_server(reading),))
    if serves_mcp(context.launch, reading.file):
        own = f"The app has an MCP server of its own: <{api.servers[0].url.rstrip('/')}{mcp_path()}>."
        api = replace(api, description="\n\n".join(text for text in (api.description, own) if text))
    if reading.login:
        api = replace(api, security_schemes={"login": _LOGIN}, security=({"login": []},))
    findings = tuple(sorted(dict.fromkeys(reading.reports.findings), key=sort_key))
    return Introspection(api=api, findings=findings)


def _endpoints(reading: Reading) -> Iterator[Endpoint]:
    """Those that can be described; what cannot is reported."""
    drafts = list(reading.drafts())
    refused = refusals(reading.app)
    reading.build()
    for drafted in drafts:
        if problem := refused.get(drafted.fn._id):
            reading.report(
                drafted, "app-cannot-launch", f"Gradio cannot describe it, so nor launch the app: {problem}"[:500],
                "give it a default that JSON can hold (of an Enum that is a str), or simpler hints",
                Severity.WARNING,
            )  # fmt: skip
        try:
            yield endpoint(reading, drafted)
        except Exception as error:  # a component of somebody else
            reading.report(drafted, "unreadable-endpoint", f"it cannot be described: {error}", "", Severity.WARNING)


def _title(reading: Reading) -> str:
    """The app's title, unless it is the one that every app has."""
    title = reading.text("title")
    return "" if title == "Gradio" else title


def _folder(reading: Reading) -> str:
    """The name of the folder of a file that is called as every app's is; empty where it is called otherwise."""
    file = Path(reading.file or "")
    folder = file.parent.name.strip("_")
    if file.stem.strip("_") not in _EVERY_APPS or folder in {"", "src", "tmp", *_EVERY_APPS}:
        return ""
    words = " ".join(re.split(r"[_\W]+", folder)).strip()
    return words[:1].upper() + words[1:]


def _server(reading: Reading) -> Server:
    """Where the app is served: as `launch` is told, where that was seen."""
    launch = reading.context.launch
    root = launch.get("root_path")
    if isinstance(root, str) and "://" in root:
        return Server(url=root)
    port = launch.get("server_port")
    return Server(url=DEFAULT_URL.replace("7860", str(port)) if isinstance(port, int) else DEFAULT_URL)
