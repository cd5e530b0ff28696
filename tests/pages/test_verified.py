"""Marks of what was run: on the pages exactly where `apispec prove` passed, and where the text is still the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from apispec.examples import arguments
from apispec.rendering.pages import Pages, PagesOptions
from apispec.rendering.proof import Proof, digest, key, tool_digest
from apispec.snippets import snippets
from apispec.tools import tool_arguments, tools
from tests.pages.samples import kitty

DATE = "2026-03-04T05:06:07+00:00"
ELSEWHERE = "http://127.0.0.1:4711/proof-3"


def proof(*languages: str) -> Proof:
    """add_expense passed in these languages, at another address than that of the pages."""
    api = kitty()
    made = snippets(api, api.endpoint("add_expense"), languages=languages, base_url=ELSEWHERE)
    digests = {key("add_expense", "http", s.language.id): digest(s.text, ELSEWHERE) for s in made}
    return Proof(DATE, digests)


def page(made: Proof | None, **more: object) -> str:
    return str(Pages(kitty(), PagesOptions(proof=made, **more)).render()["reference/index.md"])


def test_marks_what_passed_and_nothing_else() -> None:
    text = page(proof("python", "curl"))
    assert text.count("api-verified") == 2
    block = re.search(r'data-endpoint="add_expense".*?</aside>', text, re.DOTALL)
    assert block is not None
    tabs = re.split(r'<div class="tabbed-block" data-language="', block.group())[1:]
    assert {tab.partition('"')[0]: "Ran and passed on" in tab for tab in tabs} == {
        "python": True, "javascript": False, "curl": True,
    }  # fmt: skip
    assert '<time datetime="2026-03-04">2026-03-04</time>' in block.group()


def test_marks_nothing_without_a_proof() -> None:
    assert "api-verified" not in page(None)


def test_a_text_that_changed_loses_its_mark() -> None:
    old = proof("python")
    changed = Proof(DATE, {name: digest("import requests\n", "") for name in old.digests})
    assert "api-verified" not in page(changed)


def test_the_base_url_may_change() -> None:
    assert page(proof("python"), base_url="https://kitty.example.com/v2").count("api-verified") == 1


def test_a_proof_over_another_protocol_marks_nothing() -> None:
    made = proof("python")
    other = replace(made, digests={name.replace(" http ", " gradio "): value for name, value in made.digests.items()})
    assert "api-verified" not in page(other)


def test_the_markdown_copy_says_so_too() -> None:
    copy = str(Pages(kitty(), PagesOptions(proof=proof("python"))).copies()["reference/index.md"])
    assert copy.count("Python (needs `pip install requests`; ran and passed on 2026-03-04):") == 1
    assert "cURL:" in copy


def test_a_tool_that_passed_is_marked_while_it_is_the_same() -> None:
    api = kitty()
    tool = next(t for t in tools(api) if t.endpoint.name == "add_expense")
    given = tool_arguments(tool, arguments(tool.endpoint, api))

    def marks(digest: str) -> list[str]:
        made = Pages(kitty(), PagesOptions(proof=Proof(DATE, tools={"add_expense": digest})))
        text, copy = str(made.render()["mcp/index.md"]), str(made.copies()["mcp/index.md"])
        assert text.count("api-verified") == copy.count("Ran and passed on 2026-03-04.")
        return re.findall(r'data-tool="(\w+)"(?:(?!data-tool=).)*?api-verified', text, re.DOTALL)

    assert marks(tool_digest(tool.to_json(), given)) == ["add_expense"]
    assert marks(tool_digest(tool.to_json(), {})) == []
    assert marks(tool_digest({**tool.to_json(), "description": "Another one."}, given)) == []


@pytest.mark.slow
def test_from_prove_to_the_page(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        "def add(a: int, b: int = 2) -> int:\n    return a + b\n\n\ndef half(a: float) -> float:\n    return a / 2\n",
        encoding="utf-8",
    )

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, "-m", "apispec", *arguments], cwd=tmp_path, check=True, capture_output=True)

    only = ["--in", "python", "--endpoint", "add", "--out", "proof.json"]
    run("prove", "app.py", "--over", "http", "--over", "mcp", *only)
    day = json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))["date"][:10]
    run("pages", "app.py", "--proof", "proof.json", "--out", "once", "--server", "https://calc.example.com")
    run("pages", "app.py", "--proof", "proof.json", "--out", "twice", "--server", "https://calc.example.com")
    text = (tmp_path / "once" / "reference" / "index.md").read_text(encoding="utf-8")
    assert text == (tmp_path / "twice" / "reference" / "index.md").read_text(encoding="utf-8")
    assert re.findall(r'<time datetime="([^"]+)"', text) == [day]
    assert text.index("api-verified") < text.index('data-endpoint="half"')
    listed = (tmp_path / "once" / "mcp" / "index.md").read_text(encoding="utf-8")
    assert listed.count("api-verified") == 1 and listed.index("api-verified") < listed.index('data-tool="half"')
