"""`gr.Server` of Gradio 6: routes and functions in one Api, both answered at one address; names where an app has none."""

from __future__ import annotations

from pathlib import Path

import requests

from apispec.hosting.processes import launched
from apispec.introspection import introspect
from apispec.tools import tools
from tests.sources.gradio.test_gradio_apps import options

SERVER = '''
from gradio import Server

app = Server()

@app.api(name="add")
def add(a: int, b: int = 2) -> int:
    """Add two numbers."""
    return a + b

@app.api(name="kept", api_visibility="private")
def kept(a: int) -> int:
    return a

@app.get("/status")
def status() -> dict[str, int]:
    """Say how it is."""
    return {"fine": 1}

if __name__ == "__main__":
    app.launch()
'''
SCRIPT = """
import gradio as gr
from counting import count
demo = gr.Interface(count, ["textbox", gr.Textbox(label="The letter")], "number", api_name="count")
"""


def test_a_server_has_routes_and_functions(tmp_path: Path) -> None:
    (tmp_path / "served.py").write_text(SERVER, encoding="utf-8")
    api = introspect(str(tmp_path / "served.py"), options("6")).api
    assert (api.source, api.title) == ("gradio", "Served")
    assert [(e.name, type(e.call).__name__) for e in api.public_endpoints] == [
        ("add", "GradioCall"), ("status_status_get", "HttpCall"),
    ]  # fmt: skip
    with launched(str(tmp_path / "served.py"), options("6")) as url:
        assert requests.get(f"{url}/status", timeout=10).json() == {"fine": 1}
        data = {"data": [3, 4]}
        assert requests.post(f"{url}/gradio_api/run/add", json=data, timeout=10).json()["data"] == [7]
        assert requests.post(f"{url}/gradio_api/run/kept", json={"data": [3]}, timeout=10).status_code == 404


def test_a_script_in_a_package_finds_its_neighbours_and_is_named_after_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "letter_counter"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "counting.py").write_text("def count(word, letter):\n    return word.count(letter)\n", encoding="utf-8")
    (folder / "run.py").write_text(SCRIPT, encoding="utf-8")
    api = introspect(str(folder / "run.py"), options("6")).api
    assert api.title == "Letter counter"
    (tool,) = tools(api)
    assert tool.description == "count: word (Textbox), letter (Textbox) → Number."
