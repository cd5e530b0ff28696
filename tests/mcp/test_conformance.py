"""The official conformance suite (npm `@modelcontextprotocol/conformance`): its lifecycle and tool scenarios.

Left out are scenarios about what functions have no tools for: prompts, resources, sampling, elicitation, logging,
and resuming streams of sessions, which `/mcp` does not have.
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from apispec import App, Error, File
from tests.serving import Served, served

SUITE = Path(__file__).parent.parent / "node" / "node_modules" / "@modelcontextprotocol" / "conformance"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

SCENARIOS = (
    "server-initialize", "ping", "tools-list", "tools-call-simple-text", "tools-call-image", "tools-call-audio",
    "tools-call-embedded-resource", "tools-call-mixed-content", "tools-call-error", "tools-call-with-progress", "dns-rebinding-protection",
)  # fmt: skip

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


for name in [name for name in globals() if name.startswith("test_")]:
    globals()["_" + name] = globals().pop(name)  # pytest must not take them for tests


@pytest.fixture(scope="module")
def tools() -> Iterator[Served]:
    with served(app) as running:
        yield running


@pytest.mark.node
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(tools: Served, scenario: str) -> None:
    if not SUITE.is_dir():
        pytest.skip("run `make test` first: it installs the node packages")
    url = f"{tools.url}/mcp".replace("127.0.0.1", "localhost")
    done = subprocess.run(
        ["node", str(SUITE / "dist" / "index.js"), "server", "--url", url, "--scenario", scenario],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "SUCCESS" in done.stdout and ", 0 failed, 0 warnings" in done.stdout
