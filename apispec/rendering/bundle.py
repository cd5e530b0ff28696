"""MCP bundles (`.mcpb`, manifest 0.4, server type `uv`) and `server.json` of the MCP registry: a server to install by a
click. Bytes and text; nothing here touches the disk.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from apispec.clients import DISTRIBUTION
from apispec.config import Config, toml_name, written
from apispec.literals import json_text
from apispec.model import Api
from apispec.requests import base_url
from apispec.tools import Catalogue, Tool, is_dynamic, needed, server_name

DOCUMENT = "openapi.json"
"""What a document is called in a bundle."""
CONFIGURATION = "apispec.toml"
_NOT_TAKEN = {"python", "search_path", "overlays", "strict", "fail_on", "allow_remote", "target"}
_SERVER = '''"""Serves the tools of this bundle over standard input and output."""

import os
import sys

from apispec.cli import main

os.chdir(os.path.dirname(os.path.abspath(__file__)))
sys.argv = ["apispec", "mcp", "serve", {target}, "--config", {configuration}, "--quiet"]
main()
'''


def manifest(api: Api, tools: Sequence[Tool]) -> dict[str, Any]:
    """The bundle's `manifest.json`: who it is, how it starts, which credentials it asks for, what its tools are.

    Args:
        api: What the tools are of.
        tools: All of them.
    """
    dynamic = is_dynamic(api, len(tools))
    listed = Catalogue(api, tools).entries() if dynamic else [tool.to_json() for tool in tools]
    secrets = needed(api)
    contact = api.contact
    author = {"name": (contact.name if contact else "") or api.title}
    if contact is not None:
        author |= {key: value for key, value in (("email", contact.email), ("url", contact.url)) if value}
    found: dict[str, Any] = {
        "manifest_version": "0.4",
        "name": server_name(api.title),
        "display_name": api.title,
        "version": api.version or "0",
        "description": _about(api),
    }
    if api.description.strip():
        found["long_description"] = api.description.strip()
    found["author"] = author
    docs = api.external_docs.get("url", "")
    found |= {"documentation": docs} if docs.startswith(("http://", "https://")) else {}
    found["server"] = {
        "type": "uv",
        "entry_point": "server.py",
        "mcp_config": {
            "command": "uv",
            "args": ["run", "--directory", "${__dirname}", "server.py"],
            **({"env": {name: f"${{user_config.{name.lower()}}}" for name in secrets}} if secrets else {}),
        },
    }
    found["tools"] = [
        {"name": entry["name"], "description": entry["description"].partition("\n\n")[0]} for entry in listed
    ]
    found |= {"tools_generated": True} if dynamic else {}
    if api.license is not None:
        found["license"] = api.license.identifier or api.license.name
    found["compatibility"] = {"platforms": ["darwin", "win32", "linux"], "runtimes": {"python": ">=3.11"}}
    if secrets:
        found["user_config"] = {
            name.lower(): {
                "type": "string", "title": name, "description": f"A credential of {api.title}.", "sensitive": True,
                "required": False,
            }
            for name in secrets
        }  # fmt: skip
    return found


def bundle(
    api: Api,
    tools: Sequence[Tool],
    config: Config,
    *,
    target: str = DOCUMENT,
    files: Mapping[str, bytes] | None = None,
    requirements: Iterable[str] = (),
) -> bytes:
    """The whole bundle; the same for the same input.

    Args:
        api: What is served.
        tools: All of its tools.
        config: What the configuration says; it goes into the bundle.
        target: What is served in the bundle: a file there, with `:attribute` or without; the Api's document by default.
        files: What else lies in it, by path.
        requirements: What it needs from the package index, besides apispec.
    """
    inside = dict(files or {})
    if target == DOCUMENT and DOCUMENT not in inside:
        assert api.document is not None
        inside[DOCUMENT] = (json_text(api.document, indent=1) + "\n").encode("utf-8", "replace")
    inside["manifest.json"] = (json_text(manifest(api, tools), indent=2) + "\n").encode("utf-8", "replace")
    if api.source == "openapi" and needed(api) and not config.servers:  # credentials go where somebody named the host
        config = replace(config, servers=(base_url(api),))
    inside[CONFIGURATION] = configuration(config).encode()
    inside["server.py"] = _SERVER.format(target=json.dumps(target), configuration=json.dumps(CONFIGURATION)).encode()
    needs = [DISTRIBUTION, *requirements]
    inside["pyproject.toml"] = (
        f"[project]\nname = {written(server_name(api.title))}\nversion = {written(_pep440(api.version))}\n"
        f'requires-python = ">=3.11"\ndependencies = {written(needs)}\n'
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(inside):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, inside[name])
    return out.getvalue()


def configuration(config: Config) -> str:
    """The configuration that matters to a server, as `apispec.toml`."""
    lines = []
    for key in fields(config):
        value = getattr(config, key.name)
        usual = getattr(Config(), key.name)
        if key.metadata["group"] in ("api", "tools", "reading") and key.name not in _NOT_TAKEN and value != usual:
            lines.append(f"{toml_name(key.name)} = {written(value)}\n")
    return "".join(lines)


def registry_entry(api: Api, site_url: str, mcp_url: str) -> str:
    """`server.json` for the MCP registry (schema 2025-12-11), for a server that is reached at an address.

    Args:
        api: What is served.
        site_url: Where the pages are; its host makes the server's namespace, `docs.example.com` → `com.example.docs`.
        mcp_url: Where the server is.
    """
    host = re.sub(r"^https?://", "", site_url).partition("/")[0].partition(":")[0]
    about = " ".join(
        (api.summary or api.description.strip().partition("\n\n")[0] or f"The tools of {api.title}.").split()
    )
    entry = {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": f"{'.'.join(reversed(host.split('.')))}/{server_name(api.title)}",
        "title": api.title[:100],
        "description": about if len(about) <= 100 else about[:99] + "…",
        "version": api.version or "0",
        "websiteUrl": site_url,
        "remotes": [{"type": "streamable-http", "url": mcp_url}],
    }
    return json_text(entry, indent=2) + "\n"


def _about(api: Api) -> str:
    """What it is, in one line."""
    text = api.summary or api.description.strip().partition("\n\n")[0] or f"The tools of {api.title}."
    return " ".join(text.split())


def _pep440(version: str) -> str:
    """A version that Python packages may have, near the API's own."""
    found = re.match(r"v?(\d+(?:\.\d+)*)", version)
    return found[1] if found else "0"
