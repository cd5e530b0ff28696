"""llms.txt and SKILL.md: their forms, and text that stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import yaml
from rendered_apis import ADD, WHOLE

from apispec.errors import TemplateError
from apispec.model import Api, Endpoint, HttpCall, Tag
from apispec.rendering import llms

ODD = "a [b](c) `d` <e> *f* \\ # g\n## h\u202e\x00 {{ 1 }}"


def split(text: str) -> tuple[str, dict[str, list[tuple[str, str, str]]]]:
    """llms.txt by its grammar (llmstxt.org): what stands before the first H2, and the links under each H2."""
    start, *rest = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    assert start.startswith("# ")
    assert not re.search(r"^#+ ", start[2:], flags=re.MULTILINE)
    sections = {}
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        lines = [line for line in body.splitlines() if line.startswith("- ")]
        links = [re.match(r"- \[((?:[^\]\\]|\\.)+)\]\(([^() ]+)\): (.+)\Z", line) for line in lines]
        assert all(links)
        sections[title] = [(m[1], m[2], m[3]) for m in links if m]
    return start, sections


def test_the_whole_index(golden: Any) -> None:
    text = llms.render(WHOLE)
    golden("llms/llms.txt", text)
    start, sections = split(text)
    assert start.startswith("# Shop\n\n> Sells things\n\nAll about *items*.\n")
    assert list(sections) == ["Endpoints", "math", "files", "Optional"]
    assert sections["math"] == [("add", "reference/#add", "`POST /add` Add two numbers")]
    assert "hidden" not in text


def test_links_can_be_absolute() -> None:
    text = llms.render(WHOLE, link=lambda e: f"{e.name}.md", site_url="https://x.example/y/", files=[("a.json", "A")])
    _, sections = split(text)
    assert sections["math"][0][1] == "https://x.example/y/add.md"
    assert sections["Optional"] == [("a.json", "https://x.example/y/a.json", "A")]


def test_an_empty_api() -> None:
    assert llms.render(Api(title="T"), files=()) == "# T\n\nVersion 0.1.0. \n"
    assert "## Endpoints\n" in llms.skill(Api(title="T"))


def test_odd_text_breaks_nothing() -> None:
    api = Api(
        title=ODD, summary=ODD, version=ODD, description=ODD + "\n\n```\n# code\n```\n# Title\n\nText\n====\n~~~\nopen",
        tags=(Tag(name=ODD, description=ODD),),
        endpoints=(replace(ADD, name=ODD, summary=ODD, tags=(ODD,), call=HttpCall(path="/" + ODD)),),
    )  # fmt: skip
    start, sections = split(llms.render(api, link=lambda e: "x").replace("```\n# code\n```", ""))
    assert "**Title**" in start
    assert "====" not in start
    assert start.rstrip().split("\n\nVersion")[0].endswith("~~~")
    assert len(sections) == 2
    frontmatter, body = parts(llms.skill(api))
    assert frontmatter["metadata"] == {"version": ODD}
    assert (
        len(re.findall(r"^# ", re.sub(r"^(`{3,})[\s\S]*?^\1", "", body, flags=re.MULTILINE), flags=re.MULTILINE)) == 1
    )


def parts(text: str) -> tuple[dict[str, Any], str]:
    """Front matter and body of a skill."""
    assert text.startswith("---\n")
    frontmatter, _, body = text[4:].partition("\n---\n")
    return yaml.safe_load(frontmatter), body


def test_the_whole_skill(golden: Any) -> None:
    text = llms.skill(WHOLE)
    golden("llms/SKILL.md", re.sub(r"^```sh\n[\s\S]*?^```$", "```sh\n(the snippet)\n```", text, flags=re.MULTILINE))
    frontmatter, body = parts(text)
    assert frontmatter == {
        "name": "shop",
        "description": "Call the Shop API: Sells things. Use it for: add, upload_items, count, paint.",
        "metadata": {"version": "1.2.0"},
    }
    assert body.count("```sh\n") == 4


@pytest.mark.parametrize("count", [1, 30, 200, 2000])
def test_skills_stay_short(count: int) -> None:
    endpoints = tuple(
        replace(ADD, name=f"function_number_{i}", call=HttpCall(path=f"/{i}"), summary="x" * 100) for i in range(count)
    )
    text = llms.skill(Api(title="x" * 100, summary="y" * 2000, endpoints=endpoints))
    frontmatter, _ = parts(text)
    assert text.count("\n") < 500
    assert len(frontmatter["description"]) <= 1024
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", frontmatter["name"])
    assert len(frontmatter["name"]) <= 64
    shown = len(re.findall(r"function_number_\d+\n|^- `function_number", text, flags=re.MULTILINE))
    left_out = re.search(r"And (\d+) more", text)
    assert shown + (int(left_out[1]) if left_out else 0) == count


@pytest.mark.parametrize(("template", "expected"), [("{{ title }}", "Shop"), ("{{ nothing }}", None)])
def test_templates_can_be_replaced(tmp_path: Any, template: str, expected: str | None) -> None:
    (tmp_path / "llms").mkdir()
    (tmp_path / "llms" / "llms.txt.jinja").write_text(template, encoding="utf-8")
    if expected is None:
        with pytest.raises(TemplateError):
            llms.render(WHOLE, template_dirs=[tmp_path])
    else:
        assert llms.render(WHOLE, template_dirs=[tmp_path]) == expected


def test_uncallable_endpoints_are_not_in_the_skill() -> None:
    assert "secret" not in llms.skill(Api(title="T", endpoints=(Endpoint(name="secret", callable=False),)))
