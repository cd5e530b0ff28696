"""The one environment: where templates are found, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.errors import TemplateError
from apispec.templating import environment, render, source, template_names, templates_dir


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_our_templates_are_there(repository: Path) -> None:
    assert templates_dir() == repository / "templates"
    assert "python.py.jinja" in template_names("snippets/http")


def test_the_readers_come_first_and_ours_stay_reachable(tmp_path: Path) -> None:
    first = write(tmp_path / "first", "x.jinja", "first")
    second = write(tmp_path / "second", "x.jinja", "second")
    write(
        second,
        "snippets/http/python.py.jinja",
        "mine, then {% include 'apispec/snippets/http/python.py.jinja' without context %}",
    )
    assert render("x.jinja", {}, [first, str(second)]) == "first"
    assert source("snippets/http/python.py.jinja", [first, second]).startswith("mine")
    assert source("apispec/snippets/http/python.py.jinja", [second]) == source("snippets/http/python.py.jinja")
    assert template_names("snippets/http", [second]) == template_names("snippets/http")
    assert template_names("", [first, second]) == ["x.jinja"]


def test_values_come_out_as_they_are(tmp_path: Path) -> None:
    folder = write(tmp_path, "x.jinja", "{{ text }}|{{ {'a': [text, none]} | json }}|{{ [1] | json(indent=2) }}\n")
    text = "<'&\"> {{ x }} \u202e"
    assert (
        render("x.jinja", {"text": text}, [folder]) == text + '|{"a": ["<\'&\\"> {{ x }} \\u202e", null]}|[\n  1\n]\n'
    )
    assert "tojson" not in environment().filters


def test_a_missing_folder_and_a_missing_template(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        environment([tmp_path / "no"])
    assert caught.value.where == str(tmp_path / "no")
    for action in (lambda: render("no.jinja", {}), lambda: source("no.jinja")):
        with pytest.raises(TemplateError, match="TemplateNotFound") as caught:
            action()
        assert caught.value.where == "no.jinja"


def test_a_wrong_include_is_named_and_not_who_includes_it(tmp_path: Path) -> None:
    folder = write(
        write(tmp_path, "outer.jinja", "\n{% include 'inner.jinja' %}"), "inner.jinja", "a\nb\n{{ missing }}"
    )
    with pytest.raises(TemplateError, match="'missing' is undefined") as caught:
        render("outer.jinja", {}, [folder])
    assert caught.value.where == f"{folder / 'inner.jinja'}:3"
    write(tmp_path, "inner.jinja", "\n{% for %}")
    with pytest.raises(TemplateError) as caught:
        render("outer.jinja", {}, [folder, folder])
    assert caught.value.where == f"{folder / 'inner.jinja'}:2"
