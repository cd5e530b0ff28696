"""What a repository's configuration may reach: of a stranger's only words, of one's own nothing outside of it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from pathlib import Path

import pytest

import apispec
from apispec import config, templating
from apispec.cli import run
from apispec.confinement import UNTRUSTED, is_safe_url
from apispec.errors import ConfigError, TemplateError
from apispec.templating import render

RUNS = "{{ cycler.__init__.__globals__.os.system('touch PWNED') }}"
REFUSED = {
    "templates": '["t"]',
    "logo": '"logo.svg"',
    "favicon": '"logo.svg"',
    "pages-before": '["page.md"]',
    "pages-after": '["page.md"]',
    "proof": '"proof.json"',
    "out": '"elsewhere"',
    "changelog-from": '"HEAD"',
    "python": '"./python"',
    "search-path": '["t"]',
    "mock-imports": '["numpy"]',
    "allow-remote": "true",
    "timeout": "9",
    "memory": "0",
    "tools-parameters": '{x = {hidden = true, env = "HOME"}}',
    "tools-forward-authorization": "true",
}


@pytest.fixture(autouse=True)
def _app() -> None:
    templating._environment.cache_clear()  # each test has a folder `t` of its own
    Path("app.py").write_text('def add(a: int, b: int = 1) -> int:\n    """Add."""\n    return a + b\n')
    Path("t/openapi").mkdir(parents=True)


def test_every_key_is_decided() -> None:
    assert {key.replace("-", "_") for key in REFUSED}.isdisjoint(UNTRUSTED)
    known = {key.name for key in config.all_keys()}
    assert known >= UNTRUSTED
    kinds = {key.name: key.metadata["kind"] for key in dataclasses.fields(config.Config)}
    assert not [name for name in UNTRUSTED if kinds[name] in ("path", "paths")]


@pytest.mark.parametrize("option", ["static", "untrusted"])
@pytest.mark.parametrize("key", REFUSED)
def test_a_strangers_configuration_says_only_words(key: str, option: str) -> None:
    Path("apispec.toml").write_text(f'title = "Kept"\n{key} = {REFUSED[key]}\n')
    left_out: list[str] = []
    loaded = config.load(Path("apispec.toml"), {option: True}, left_out)
    assert loaded == config.Config(title="Kept", static=True, untrusted=option == "untrusted")
    assert left_out == [f"apispec.toml:2: {key}"]


def test_a_template_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text('templates = ["t"]\n')
    Path("t/openapi/document.json.jinja").write_text(RUNS)
    names = [p.name for p in (Path(apispec.__file__).parents[1] / "templates" / "openapi").iterdir()]
    for name in names:
        (Path("t/openapi") / name).write_text(RUNS)
    assert run(["spec", "app.py"]) == 2
    assert "is unsafe" in capsys.readouterr().err
    assert run(["spec", "app.py", "--static"]) == 0
    said = capsys.readouterr().err
    assert "apispec.toml:1: templates: left out" in said
    assert not Path("PWNED").exists()


@pytest.mark.parametrize(
    "attempt",
    [
        RUNS,
        "{{ self.__init__.__globals__ }}",
        "{{ ().__class__.__base__.__subclasses__() }}",
        "{{ path.touch() }}",
        "{{ path.read_text() }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{% set x = namespace.__init__ %}{{ x.__globals__ }}",
        "{{ run('touch PWNED') }}",
        "{% include '.env' %}",
        "{% include '../.env' %}",
        "{% include 'link.txt' %}",
    ],
)
def test_the_sandbox(attempt: str) -> None:
    Path("secret").write_text("SECRET")
    Path("t/.env").write_text("SECRET")
    Path(".env").write_text("SECRET")
    Path("t/link.txt").symlink_to(Path("secret").resolve())
    Path("t/x.jinja").write_text(attempt)
    made = ""
    with contextlib.suppress(TemplateError):
        made = render("x.jinja", {"path": Path("secret"), "run": os.system}, ["t"])
    assert "SECRET" not in made
    assert "0x" not in made
    assert "subprocess" not in made
    assert not Path("PWNED").exists()


def test_ordinary_templates_work_in_the_sandbox() -> None:
    Path("t/x.jinja").write_text(
        "{% macro m(x) %}<{{ x|upper }}>{% endmacro %}{% set n = namespace(i=0) %}"
        "{% for k, v in d.items() %}{% set n.i = n.i + v %}{{ m(k) }}{{ loop.cycle('a', 'b') }}{% endfor %}{{ n.i }}"
        "{{ 'a,b'.split(',')|join('-') }}{{ range(3)|list }}"
    )
    assert render("x.jinja", {"d": {"p": 1, "q": 2}}, ["t"]) == "<P>a<Q>b3a-b[0, 1, 2]"


@pytest.mark.parametrize("key", ["logo", "favicon", "pages-before", "pages-after", "templates", "proof", "out"])
@pytest.mark.parametrize("path", ["../secret.md", "/etc/hostname", "link.md", "sub/../../x.md", "loop.md", "a\u0000b"])
def test_paths_of_a_configuration_stay_in_the_project(key: str, path: str, tmp_path: Path) -> None:
    Path("link.md").symlink_to("/etc/hostname")
    Path("loop.md").symlink_to("loop.md")
    value = f"'{path}'" if "\u0000" not in path else '"a\\u0000b"'
    several = key in ("pages-before", "pages-after", "templates")
    Path("apispec.toml").write_text(f"{key} = {f'[{value}]' if several else value}\n")
    with pytest.raises(ConfigError, match="outside of the project") as caught:
        config.load(Path("apispec.toml"), {})
    assert caught.value.where == f"apispec.toml:1: {key}"


def test_targets_of_a_configuration_stay_in_the_project() -> None:
    Path("inner").mkdir()
    Path("inner/apispec.toml").write_text('target = "../app.py:app"\n')
    with pytest.raises(ConfigError, match="outside of the project"):
        config.load(Path("inner/apispec.toml"), {})
    Path(".git").mkdir()
    assert config.load(Path("inner/apispec.toml"), {}).target == "inner/../app.py:app"


@pytest.mark.parametrize("name", [".env.md", ".git/x.md", ".secret/logo.svg"])
def test_hidden_files_are_not_published(name: str) -> None:
    Path("apispec.toml").write_text(f'logo = "{name}"\npages-before = ["{name}"]\n')
    with pytest.raises(ConfigError, match="hidden"):
        config.load(Path("apispec.toml"), {})


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "java\tscript&colon;:x",
    ],
)
def test_links_only_lead_somewhere(url: str) -> None:
    assert not is_safe_url(url)
    import json

    Path("apispec.toml").write_text(f"links = {{x = {json.dumps(url)}}}\n")
    with pytest.raises(ConfigError, match="is no link"):
        config.load(Path("apispec.toml"), {})
    with pytest.raises(ConfigError, match="is no link"):
        config.load(None, {"links": {"x": url}})


@pytest.mark.parametrize("url", ["https://a.test:8/x:y", "mailto:a@b.test", "../x", "/x:y", "#a:b", "?a:b", "a.html"])
def test_links_that_lead_somewhere(url: str) -> None:
    assert is_safe_url(url)


@pytest.mark.parametrize("command", ["validate", "diff"])
def test_validate_and_diff_have_the_safe_mode(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text('open(\'PWNED\', \'w\')\ndef add(a: int) -> int:\n    """Add."""\n    return a\n')
    sides = ["app.py"] if command == "validate" else ["app.py", "app.py"]
    assert run([command, *sides, "--untrusted"]) == 0
    assert not Path("PWNED").exists()
