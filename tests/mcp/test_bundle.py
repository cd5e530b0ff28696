"""Bundles: valid for the official packer, the same every time, and servers that start from where they were unpacked."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from apispec.cli import run
from tests.mcp.test_install import SHOP

PACKER = Path(__file__).parent.parent / "node" / "node_modules" / "@anthropic-ai" / "mcpb" / "dist" / "cli" / "cli.js"


def unpacked(name: str) -> dict[str, Any]:
    with zipfile.ZipFile(name) as archive:
        archive.extractall(f"{name}.d")
    found: dict[str, Any] = json.loads(Path(f"{name}.d/manifest.json").read_text(encoding="utf-8"))
    return found


def validated(folder: str) -> None:
    if not PACKER.is_file():
        pytest.skip("run `make test` first: it installs the node packages")
    done = subprocess.run(
        ["node", str(PACKER), "validate", f"{folder}/manifest.json"], capture_output=True, text=True, check=False
    )
    assert "validation passes" in done.stdout, done.stdout + done.stderr


@pytest.mark.node
def test_a_document_with_a_credential() -> None:
    Path("shop.json").write_text(json.dumps({**SHOP, "servers": [{"url": "https://shop.example"}]}), encoding="utf-8")
    assert run(["mcp", "bundle", "shop.json", "--tools-include", "one", "-o", "a.mcpb"]) == 0
    assert run(["mcp", "bundle", "shop.json", "--tools-include", "one", "-o", "b.mcpb"]) == 0
    assert Path("a.mcpb").read_bytes() == Path("b.mcpb").read_bytes()
    manifest = unpacked("a.mcpb")
    assert [tool["name"] for tool in manifest["tools"]] == ["one"]
    assert manifest["user_config"]["api_shop_key"]["sensitive"] is True
    assert manifest["server"]["mcp_config"]["env"] == {"API_SHOP_KEY": "${user_config.api_shop_key}"}
    assert 'servers = ["https://shop.example"]' in Path("a.mcpb.d/apispec.toml").read_text(encoding="utf-8")
    validated("a.mcpb.d")


@pytest.mark.node
def test_functions_with_what_they_import_start_where_they_were_unpacked(tmp_path: Path) -> None:
    Path("app.py").write_text(
        'import apispec, helper\napp = apispec.App(title="Calc")\n@app.endpoint\ndef add(a: int, b: int) -> int:\n'
        '    """Add."""\n    return helper.add(a, b)\n', encoding="utf-8",
    )  # fmt: skip
    Path("helper.py").write_text("from parts.more import add\n", encoding="utf-8")
    Path("parts").mkdir()
    Path("parts/__init__.py").touch()
    Path("parts/more.py").write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    Path("secret.py").write_text("KEY = 1\n", encoding="utf-8")
    Path("requirements.txt").write_text("# all\nnumpy>=1  # numbers\n-r other.txt\n", encoding="utf-8")
    Path("apispec.toml").write_text('[tools.operations.add]\nname = "plus"\n', encoding="utf-8")
    assert run(["mcp", "bundle", "app.py"]) == 0
    manifest = unpacked("calc.mcpb")
    validated("calc.mcpb.d")
    assert manifest["tools"][0]["name"] == "plus" and not Path("calc.mcpb.d/secret.py").exists()
    assert '"numpy>=1"' in Path("calc.mcpb.d/pyproject.toml").read_text(encoding="utf-8")

    async def session() -> Any:
        arguments = ["-P", str(tmp_path / "calc.mcpb.d" / "server.py")]
        parameters = StdioServerParameters(
            command=sys.executable, args=arguments, env={"PATH": "/usr/bin:/bin"}, cwd="/"
        )
        async with Client(stdio_client(parameters)) as client:
            return (await client.call_tool("plus", {"a": 1, "b": 2})).structured_content

    assert asyncio.run(asyncio.wait_for(session(), 60)) == {"result": 3}


def test_what_cannot_be_bundled(capsys: pytest.CaptureFixture[str]) -> None:
    Path("shop.json").write_text(json.dumps(SHOP), encoding="utf-8")
    assert run(["mcp", "bundle", "shop.json"]) == 2
    assert "--server URL" in capsys.readouterr().err and not Path("shop.mcpb").exists()
    assert run(["mcp", "bundle"]) == 2


def test_the_registrys_entry() -> None:
    from apispec.model import Api
    from apispec.rendering import bundle

    entry = json.loads(
        bundle.registry_entry(Api(title="My API", version="2"), "https://docs.acme.com/x/", "https://m/mcp")
    )
    assert entry["name"] == "com.acme.docs/my-api" and entry["remotes"] == [
        {"type": "streamable-http", "url": "https://m/mcp"}
    ]
    assert len(entry["description"]) <= 100
