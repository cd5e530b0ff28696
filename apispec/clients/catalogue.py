"""The clients, each with its own way.

Formats were checked in November 2026 against the programs themselves or, where that was not possible, against their
documentation.
"""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import quote, urlencode

from apispec.clients.files import ConfigFile, Notation, System, application, everywhere
from apispec.clients.servers import VARIABLE, HttpServer, StdioServer
from apispec.literals import shell_word
from apispec.urls import split_url

Transport = Literal["stdio", "http"]
Server = StdioServer | HttpServer

_START_S = 60
"""Seconds that a server may take to start where a client would not wait for a cold one."""
_GEMINI_MS = 600_000
_GOOSE_LINK_COMMANDS = ("jbang", "npx", "uvx", "goosed", "docker")
_NAME = re.compile(r"[A-Za-z0-9_-]+\Z")
_FROM_ENVIRONMENT = "Set {0} in the environment that {1} is started in."
_IN_THE_CLEAR = "{1} expands no variables: put the value of {0} into the entry yourself, where it stands in the clear."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How one client is told about one server."""

    client: Client
    transport: Transport
    files: tuple[ConfigFile, ...] = ()
    """The files to choose from, the usual one first."""
    command: str = ""
    """A command line for sh, bash and zsh that writes the entry; empty where the client has none."""
    link: str = ""
    """Opens the client and asks to add the server; empty where there is none."""
    note: str = ""
    """What else to know or do, in words; may be all there is."""


@dataclass(frozen=True, slots=True)
class Client:
    """A program that speaks MCP."""

    id: str
    name: str
    stdio: Callable[[str, StdioServer], dict[str, Any]] | None
    """Entry fields for a server that the client starts; None where it starts none."""
    http: Callable[[str, HttpServer], dict[str, Any]] | None
    reference: str = ""
    """How its files refer to an environment variable, `{0}` in place of the name; empty where they cannot."""
    secrecy: str = ""
    """How it comes by a credential, in words, `{0}` in place of the names; what is true of references where empty."""

    def entry(self, name: str, server: Server) -> Entry | None:
        """How this client is told about a server; None where it cannot use it.

        Raises:
            ValueError: The name is not made of letters, digits, `-` and `_`.
        """
        if not _NAME.match(name):
            raise ValueError(f"not a name for an MCP server: {name!r}")
        if isinstance(server, StdioServer):
            if self.stdio is None:
                return None
            told = {n: self.reference.format(n) for n in server.secrets} if self.reference else {}
            fields = self.stdio(name, replace(server, env={**server.env, **told}))
            return Entry(client=self, transport="stdio", **{**fields, "note": self._note(fields, server)})
        if self.http is None:
            return None
        fields = self.http(name, replace(server, headers=self._headers(server)))
        return Entry(client=self, transport="http", **{**fields, "note": self._note(fields, server)})

    def _headers(self, server: HttpServer) -> dict[str, str]:
        headers = dict(server.headers)
        if server.token_env and self.id != "codex":
            headers["Authorization"] = f"Bearer ${{{server.token_env}}}"
        if not self.reference:
            return headers
        return {name: VARIABLE.sub(lambda m: self.reference.format(m[1]), value) for name, value in headers.items()}

    def _note(self, fields: Mapping[str, Any], server: Server) -> str:
        """What to know of the entry, and how the credentials come in."""
        note = str(fields.get("note", ""))
        if not server.secrets or not fields.get("files"):
            return note
        told = self.secrecy or (_FROM_ENVIRONMENT if self.reference else _IN_THE_CLEAR)
        return f"{told.format(', '.join(server.secrets), self.name)} {note}".strip()


def entries(name: str, server: Server) -> tuple[Entry, ...]:
    """An entry for every client that can use the server.

    Args:
        name: What the server is called in the client: letters, digits, `-` and `_`.
        server: A command to start, or a URL.
    """
    return tuple(e for c in CLIENTS if (e := c.entry(name, server)) is not None)


def client(identifier: str) -> Client | None:
    """The client of that id: `cursor`."""
    return next((c for c in CLIENTS if c.id == identifier), None)


def _plain(server: StdioServer, **more: Any) -> dict[str, Any]:
    """`command`, `args` and, where there is one, `env`."""
    env = {"env": dict(server.env)} if server.env else {}
    return {**more, "command": server.command, "args": list(server.args), **env}


def _remote(server: HttpServer, key: str = "url", **more: Any) -> dict[str, Any]:
    """`url` and, where there are some, `headers`."""
    return {**more, key: server.url, **({"headers": dict(server.headers)} if server.headers else {})}


def _files(
    keys: tuple[str, ...],
    value: Mapping[str, Any],
    *,
    user: Mapping[System, str] | None = None,
    project: str = "",
    notation: Notation = "json",
) -> tuple[ConfigFile, ...]:
    out = []
    if project:
        out.append(ConfigFile("project", everywhere(project), notation, keys, value))
    if user:
        out.append(ConfigFile("user", user, notation, keys, value))
    return tuple(out)


def _shell(*words: str) -> str:
    return " ".join(shell_word(w) for w in words)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _base64(value: Any) -> str:
    return base64.b64encode(_json(value).encode()).decode()


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote, safe="")


def _is_public(server: HttpServer) -> bool:
    """Whether somebody else's computer may reach it, and needs no header of its own to be let in."""
    parts = split_url(server.url)
    host = parts.hostname or ""
    inside = host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host
    with contextlib.suppress(ValueError):
        inside = not ipaddress.ip_address(host).is_global
    return parts.scheme == "https" and not inside and not server.headers


def _repeat(flag: str, pairs: Mapping[str, str], between: str) -> list[str]:
    return [word for key, value in pairs.items() for word in (flag, f"{key}{between}{value}")]


def _claude_desktop(name: str, server: StdioServer) -> dict[str, Any]:
    path = application("Claude/claude_desktop_config.json")
    return {"files": _files(("mcpServers", name), _plain(server), user=path), "note": "Restart Claude Desktop."}


def _claude_desktop_http(name: str, server: HttpServer) -> dict[str, Any]:
    query = _query(modal="add-custom-connector", connectorName=name, connectorUrl=server.url)
    bridge = StdioServer("npx", ("-y", "mcp-remote", server.url, *_repeat("--header", server.headers, ":")))
    return {
        **_claude_desktop(name, bridge),
        "link": f"https://claude.ai/customize/connectors?{query}" if _is_public(server) else "",
        "note": "Settings → Connectors → Add custom connector. A server that only this computer reaches, or one that "
        "needs headers, goes into the file, through mcp-remote (needs Node.js).",
    }


def _claude_code(name: str, server: StdioServer) -> dict[str, Any]:
    return {
        "command": _shell("claude", "mcp", "add", name, *_repeat("-e", server.env, "="), "--", *server.argv),
        "files": _files(("mcpServers", name), _plain(server, type="stdio"), project=".mcp.json",
                        user=everywhere("~/.claude.json")),
    }  # fmt: skip


def _claude_code_http(name: str, server: HttpServer) -> dict[str, Any]:
    headers = _repeat("--header", server.headers, ": ")
    return {
        "command": _shell("claude", "mcp", "add", "--transport", "http", name, server.url, *headers),
        "files": _files(("mcpServers", name), _remote(server, type="http"), project=".mcp.json",
                        user=everywhere("~/.claude.json")),
    }  # fmt: skip


def _cursor_like(folder: str, link: Callable[[str, dict[str, Any]], str]) -> tuple[Any, Any]:
    """Clients that took over Cursor's notation: `.cursor/mcp.json`."""

    def fields(name: str, value: dict[str, Any]) -> dict[str, Any]:
        files = _files(("mcpServers", name), value, project=folder, user=everywhere(f"~/{folder}"))
        return {"link": link(name, value), "files": files}

    return (lambda name, server: fields(name, _plain(server))), (lambda name, server: fields(name, _remote(server)))


def _cursor_link(name: str, value: dict[str, Any]) -> str:
    return "https://cursor.com/en/install-mcp?" + _query(name=name, config=_base64(value))


def _kiro_link(name: str, value: dict[str, Any]) -> str:
    return "https://kiro.dev/launch/mcp/add?" + _query(name=name, config=_json(value))


def _vscode(name: str, value: dict[str, Any], secrets: tuple[str, ...]) -> dict[str, Any]:
    inputs = tuple({"type": "promptString", "id": n, "description": n, "password": True} for n in secrets)
    asked = {"inputs": list(inputs)} if inputs else {}
    files = _files(("servers", name), value, project=".vscode/mcp.json", user=application("Code/User/mcp.json"))
    return {
        "link": "https://vscode.dev/redirect/mcp/install?" + _query(name=name, config=_json({**value, **asked})),
        "command": _shell("code", "--add-mcp", _json({"name": name, **value, **asked})),
        "files": tuple(replace(file, inputs=inputs) for file in files),
    }


def _windsurf(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"files": _files(("mcpServers", name), value, user=everywhere("~/.codeium/windsurf/mcp_config.json"))}


def _zed(name: str, value: dict[str, Any]) -> dict[str, Any]:
    path = everywhere("~/.config/zed/settings.json", "%APPDATA%\\Zed\\settings.json")
    return {"files": _files(("context_servers", name), value, user=path, notation="jsonc")}


def _codex(name: str, server: StdioServer) -> dict[str, Any]:
    command = _shell("codex", "mcp", "add", name, *_repeat("--env", server.env, "="), "--", *server.argv)
    passed = {"env_vars": list(server.secrets)} if server.secrets else {}
    return {
        "command": "" if passed else command,  # it has no option for them
        "files": _codex_file(name, {**_plain(server), **passed, "startup_timeout_sec": _START_S}),
    }


def _codex_http(name: str, server: HttpServer) -> dict[str, Any]:
    from_env = {key: m[1] for key, text in server.headers.items() if (m := VARIABLE.fullmatch(text))}
    plain = {key: text for key, text in server.headers.items() if key not in from_env}
    token = ["--bearer-token-env-var", server.token_env] if server.token_env else []
    value: dict[str, Any] = {"url": server.url}
    value |= {"bearer_token_env_var": server.token_env} if server.token_env else {}
    value |= {"http_headers": plain} if plain else {}
    value |= {"env_http_headers": from_env} if from_env else {}
    command = "" if server.headers else _shell("codex", "mcp", "add", name, "--url", server.url, *token)
    return {"command": command, "files": _codex_file(name, value)}


def _codex_file(name: str, value: dict[str, Any]) -> tuple[ConfigFile, ...]:
    user = everywhere("~/.codex/config.toml")
    return tuple(reversed(_files(("mcp_servers", name), value, user=user, project=".codex/config.toml",
                                 notation="toml")))  # fmt: skip


def _gemini(name: str, server: StdioServer) -> dict[str, Any]:
    options = ["-s", "user", *_repeat("-e", server.env, "=")]
    dashes = ["--"] if any(a.startswith("-") for a in server.args) else []
    return {
        "command": _shell("gemini", "mcp", "add", *options, name, server.command, *dashes, *server.args),
        "files": _gemini_file(name, {**_plain(server), "timeout": _GEMINI_MS}),
    }


def _gemini_http(name: str, server: HttpServer) -> dict[str, Any]:
    headers = _repeat("-H", server.headers, ": ")
    return {
        "command": _shell("gemini", "mcp", "add", "-s", "user", "-t", "http", *headers, name, server.url),
        "files": _gemini_file(name, _remote(server, type="http")),
    }


def _gemini_file(name: str, value: dict[str, Any]) -> tuple[ConfigFile, ...]:
    path = ".gemini/settings.json"
    return tuple(reversed(_files(("mcpServers", name), value, project=path, user=everywhere(f"~/{path}"))))


def _cline(name: str, value: dict[str, Any]) -> dict[str, Any]:
    path = application("Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json")
    return {"files": _files(("mcpServers", name), value, user=path)}


def _lm_studio(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "link": "lmstudio://add_mcp?" + _query(name=name, config=_base64(value)),
        "files": _files(("mcpServers", name), value, user=everywhere("~/.lmstudio/mcp.json")),
        "note": "Or Program → Install → Edit mcp.json.",
    }


def _goose(name: str, server: StdioServer) -> dict[str, Any]:
    value: dict[str, Any] = {
        "type": "stdio", "name": name, "cmd": server.command, "args": list(server.args), "envs": dict(server.env),
        **({"env_keys": list(server.secrets)} if server.secrets else {}), "enabled": True, "timeout": 300,
    }  # fmt: skip
    link = ""
    if server.command in _GOOSE_LINK_COMMANDS and not (server.env or server.secrets):
        words = [("cmd", server.command), *(("arg", a) for a in server.args)]
        link = "goose://extension?" + urlencode([*words, ("id", name), ("name", name), ("description", name)],
                                                quote_via=quote, safe="")  # fmt: skip
    return {"link": link, "files": _goose_file(name, value)}


def _goose_http(name: str, server: HttpServer) -> dict[str, Any]:
    value = {
        "type": "streamable_http", "name": name, "uri": server.url, "headers": dict(server.headers), "enabled": True,
        "timeout": 300,
    }  # fmt: skip
    query = _query(url=server.url, type="streamable_http", id=name, name=name, description=name, timeout="300")
    return {"link": "" if server.headers else f"goose://extension?{query}", "files": _goose_file(name, value)}


def _goose_file(name: str, value: dict[str, Any]) -> tuple[ConfigFile, ...]:
    path = everywhere("~/.config/goose/config.yaml", "%APPDATA%\\Block\\goose\\config\\config.yaml")
    return _files(("extensions", name), value, user=path, notation="yaml")


def _chatgpt(name: str, server: StdioServer) -> dict[str, Any]:
    return {"command": "", "note": f"Desktop app: Settings → MCP servers, command: {_shell(*server.argv)}"}


def _chatgpt_http(name: str, server: HttpServer) -> dict[str, Any]:
    return {
        "link": "https://chatgpt.com/plugins" if _is_public(server) else "",
        "note": f"+ → Add custom MCP server (needs developer mode), URL: {server.url} — it must be https and reachable "
        "from the internet. Desktop app: Settings → MCP servers.",
    }


def _opencode(name: str, value: dict[str, Any]) -> dict[str, Any]:
    path = everywhere("~/.config/opencode/opencode.jsonc")
    return {"files": _files(("mcp", name), value, user=path, notation="jsonc")}


def _opencode_stdio(name: str, server: StdioServer) -> dict[str, Any]:
    env = {"environment": dict(server.env)} if server.env else {}
    return _opencode(name, {"type": "local", "command": list(server.argv), **env, "enabled": True})


def _copilot(name: str, value: dict[str, Any]) -> dict[str, Any]:
    value = {**value, "tools": ["*"]}
    return {"files": tuple(reversed(_files(("mcpServers", name), value, project=".mcp.json",
                                           user=everywhere("~/.copilot/mcp-config.json"))))}  # fmt: skip


CLIENTS: tuple[Client, ...] = (
    Client("claude-desktop", "Claude Desktop", _claude_desktop, _claude_desktop_http),
    Client("claude-code", "Claude Code", _claude_code, _claude_code_http, "${{{0}:-}}"),
    Client("cursor", "Cursor", *_cursor_like(".cursor/mcp.json", _cursor_link), "${{env:{0}}}"),
    Client("vscode", "VS Code", lambda n, s: _vscode(n, _plain(s, type="stdio"), s.secrets),
           lambda n, s: _vscode(n, _remote(s, type="http"), s.secrets), "${{input:{0}}}",
           "{1} asks for {0} when the server first starts, and keeps it."),
    Client("codex", "Codex CLI", _codex, _codex_http, "", _FROM_ENVIRONMENT),
    Client("gemini", "Gemini CLI", _gemini, _gemini_http, "${{{0}}}"),
    Client("chatgpt", "ChatGPT", _chatgpt, _chatgpt_http),
    Client("windsurf", "Windsurf", lambda n, s: _windsurf(n, _plain(s)),
           lambda n, s: _windsurf(n, _remote(s, "serverUrl")), "${{env:{0}}}"),
    Client("zed", "Zed", lambda n, s: _zed(n, _plain(s, source="custom")), lambda n, s: _zed(n, _remote(s))),
    Client("cline", "Cline", lambda n, s: _cline(n, {**_plain(s), "disabled": False}),
           lambda n, s: _cline(n, _remote(s, type="streamableHttp"))),
    Client("goose", "Goose", _goose, _goose_http, "",
           "{1} takes {0} from its secrets (`goose configure`) or the environment that it is started in."),
    Client("lm-studio", "LM Studio", lambda n, s: _lm_studio(n, _plain(s)), lambda n, s: _lm_studio(n, _remote(s))),
    Client("opencode", "OpenCode", _opencode_stdio,
           lambda n, s: _opencode(n, {**_remote(s, type="remote"), "enabled": True}), "{{env:{0}}}"),
    Client("copilot-cli", "Copilot CLI", lambda n, s: _copilot(n, _plain(s, type="stdio")),
           lambda n, s: _copilot(n, _remote(s, type="http")), "${{{0}}}"),
    Client("kiro", "Kiro", *_cursor_like(".kiro/settings/mcp.json", _kiro_link), "${{{0}}}"),
)  # fmt: skip
"""In the order in which they are shown."""
