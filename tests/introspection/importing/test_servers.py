"""Servers that a module starts when it is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.introspection import Options, introspect

APP = "\nimport apispec\napp = apispec.App()\n@app.endpoint\ndef add(a: int): ...\n"


@pytest.mark.parametrize(
    "start",
    [
        "import uvicorn\nuvicorn.run(app, host='127.0.0.1', port=0)",
        "from uvicorn import run\nrun(app)",
        "import uvicorn\nuvicorn.Server(uvicorn.Config(app, port=0)).run()",
        "from http.server import HTTPServer, BaseHTTPRequestHandler\nHTTPServer(('127.0.0.1', 0), BaseHTTPRequestHandler).serve_forever()",
        "import socketserver\nwith socketserver.TCPServer(('127.0.0.1', 0), None) as s:\n    s.serve_forever()",
        "from wsgiref.simple_server import make_server\nmake_server('127.0.0.1', 0, None).serve_forever()",
        "from mcp.server import MCPServer\nMCPServer('x').run()",
    ],
)
def test_the_call_is_caught(tmp_path: Path, start: str) -> None:
    (tmp_path / "app.py").write_text(f"{APP}{start}\n", encoding="utf-8")
    result = introspect("app.py", Options(timeout_s=20))
    assert [f.message for f in result.findings if f.rule == "import-failed"] == []
    assert [e.name for e in result.api.endpoints] == ["add"]


FAKE = """
class Blocks:
    def launch(self, share=False):
        raise RuntimeError("a server would start here")
class Interface(Blocks):
    pass
"""


def test_a_library_that_is_not_installed_here(tmp_path: Path) -> None:
    """Gradio's `launch` gives three values and has attributes; subclasses and methods bound earlier are caught too."""
    (tmp_path / "gradio").mkdir()
    (tmp_path / "gradio" / "__init__.py").write_text("from gradio.blocks import Blocks, Interface\n", encoding="utf-8")
    (tmp_path / "gradio" / "blocks.py").write_text(FAKE, encoding="utf-8")
    text = (
        f"{APP}import gradio\nmine = gradio.Interface()\nserver, local, share = mine.launch(share=True)\n"
        "assert gradio.Blocks().launch().anything is None\n"
        "from apispec.introspection import servers\nassert servers.caught[0] is mine\n"
    )
    (tmp_path / "app.py").write_text(text, encoding="utf-8")
    result = introspect("app.py")
    assert [f.message for f in result.findings if f.rule == "import-failed"] == []
