"""`make mcp-clients`: Claude Code, Gemini CLI and Codex connect with the installed entry, and the credential arrives.

Each has an empty home, is told of a model of ours in place of its own, and calls the tool of a document whose API says
which credential it was given: once with a server that it starts, once with one at an address that asks for a token. No
account is needed, and nothing leaves this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mcp.agents.model import SAID, TOOL, serve

BIN = Path(__file__).parent / "node_modules" / ".bin"
KEY = "k3y-of-the-shop"
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "components": {"securitySchemes": {"shopKey": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    "paths": {
        "/x": {
            "get": {"operationId": TOOL, "summary": "Echo.", "security": [{"shopKey": []}],
                    "responses": {"200": {"description": "OK"}}},
        }
    },
}  # fmt: skip


def agents(url: str) -> dict[str, tuple[list[str], dict[str, str]]]:
    """How each is asked, with our model: words of its command, and its environment."""
    provider = (
        f'model_providers.ours={{name="ours",base_url="{url}/v1",wire_api="responses",supports_websockets=false}}'
    )
    return {
        "claude-code": (
            [str(BIN / "claude"), "-p", "Call it.", "--allowedTools", f"mcp__shop__{TOOL}"],
            {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "none", "ENABLE_TOOL_SEARCH": "false"},
        ),
        "gemini": (
            [str(BIN / "gemini"), "-m", "gemini-2.5-flash", "-y", "-p", "Call it."],
            {"GOOGLE_GEMINI_BASE_URL": url, "GEMINI_API_KEY": "none", "GEMINI_CLI_TRUST_WORKSPACE": "true"},
        ),
        "codex": (
            [str(BIN / "codex"), "exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "-c",
             "model_provider=ours", "-c", provider, "-m", "gpt-5", "Call it."],
            {},
        ),
    }  # fmt: skip


def check(client: str, url: str, folder: Path, at: str = "") -> str:
    """What is wrong with one agent; empty where it called the tool and the credential arrived.

    Args:
        client: Its id.
        url: Where the model and the API are.
        folder: For its home and work.
        at: Where the MCP server is; empty = the agent starts it.
    """
    home, work = folder / "home", folder / "work"
    work.mkdir(parents=True)
    (folder / "shop.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    words, more = agents(url)[client]
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        **({"MCP_TOKEN": KEY} if at else {"API_SHOP_KEY": KEY}),
        **more,
    }
    home.mkdir()
    scope = ["--scope", "user"]
    what = ["--url", at, "--name", "shop", "--token-env", "MCP_TOKEN"] if at else ["../shop.json", "--server", url]
    install = [sys.executable, "-P", "-m", "apispec", "mcp", "install", client, *what, *scope]
    subprocess.run(install, cwd=work, env=env, check=True, capture_output=True)
    if client == "gemini":
        settings = home / ".gemini" / "settings.json"
        chosen = json.loads(settings.read_text(encoding="utf-8"))
        chosen["security"] = {"auth": {"selectedType": "gemini-api-key"}}
        settings.write_text(json.dumps(chosen), encoding="utf-8")
    done = subprocess.run(
        words, cwd=work, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
    )
    return "" if SAID in done.stdout and KEY[::-1] in done.stdout else f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@contextmanager
def http_server(url: str) -> Iterator[str]:
    """The MCP server at an address, with a token."""
    with tempfile.TemporaryDirectory(prefix="agents-") as folder:
        (Path(folder) / "shop.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
        words = [sys.executable, "-P", "-m", "apispec", "mcp", "shop.json", "--server", url, "--http", "--port", "0"]
        env = {**os.environ, "API_SHOP_KEY": KEY, "MCP_TOKEN": KEY}
        process = subprocess.Popen(
            [*words, "--token-env", "MCP_TOKEN"], cwd=folder, env=env, stderr=subprocess.PIPE, text=True
        )
        try:
            assert process.stderr is not None
            yield process.stderr.readline().rsplit(" ", 1)[1].strip()
        finally:
            process.terminate()
            process.wait()


def main() -> int:
    """Check those that are named, or all."""
    server = serve()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    failed = 0
    with http_server(url) as at:
        for client in sys.argv[1:] or agents(url):
            for way, place in (("started", ""), ("at an address", at)):
                with tempfile.TemporaryDirectory(prefix="agent-", dir=os.environ.get("APISPEC_AGENTS")) as folder:
                    wrong = check(client, url, Path(folder), place)
                said = f"FAILED\n{wrong}" if wrong else "calls the tool, the credential arrives"
                print(f"{client}, {way}: {said}", flush=True)
                failed += bool(wrong)
    server.shutdown()
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
