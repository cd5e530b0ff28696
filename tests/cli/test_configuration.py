"""Configuration: found, checked, placed, and overridden by options."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec import config
from apispec.errors import ConfigError


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults() -> None:
    assert config.load(None, {}) == config.Config()


def test_an_option_wins_over_the_file_and_the_file_over_the_default() -> None:
    path = write("apispec.toml", 'title = "From the file"\nsummary = "Kept"\n')
    loaded = config.load(path, {"title": "From the option", "summary": None})
    assert (loaded.title, loaded.summary, loaded.out) == ("From the option", "Kept", "site")


def test_pyproject_is_read_where_it_has_our_table() -> None:
    write("pyproject.toml", '[project]\nname = "x"\n')
    assert config.find(Path.cwd()) is None
    path = write("pyproject.toml", '[tool.apispec]\napi-version = "2"\n\n[tool.apispec.contact]\nname = "Us"\n')
    found = config.find(Path.cwd())
    assert found is not None and found.samefile(path)
    loaded = config.load(found, {})
    assert (loaded.api_version, loaded.contact) == ("2", {"name": "Us"})


def test_the_search_goes_up_and_ends_at_the_repository() -> None:
    write("apispec.toml", "")
    inner = Path("repo/src")
    inner.mkdir(parents=True)
    assert config.find(inner.resolve()) is None  # outside of a repository what lies above may be anybody's
    assert config.find(Path.cwd()) == Path("apispec.toml").resolve()
    Path(".git").mkdir()
    assert config.find(inner.resolve()) == Path("apispec.toml").resolve()
    (inner.parent / ".git").mkdir()
    assert config.find(inner.resolve()) is None


def test_paths_are_relative_to_the_file() -> None:
    path = write("sub/apispec.toml", 'out = "public"\ntemplates = ["t"]\ntarget = "app.py"\nlogo = "logo.svg"\n')
    write("sub/app.py", "")
    loaded = config.load(path, {})
    assert loaded.out == "sub/public"
    assert loaded.templates == ("sub/t",)
    assert loaded.target == "sub/app.py"
    assert loaded.logo == "sub/logo.svg"


def test_a_dotted_target_is_not_a_path() -> None:
    path = write("sub/apispec.toml", 'target = "package.module:app"\n')
    assert config.load(path, {}).target == "package.module:app"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('titel = "x"\n', "apispec.toml:1: titel: there is no such key\n  hint: did you mean title?"),
        ('\nopen_api = "x"\n', "apispec.toml:2: open_api: there is no such key"),
        ('title = "x"\nstatic = "yes"\n', "apispec.toml:2: static: this must be true or false, not 'yes'"),
        ("timeout = true\n", "apispec.toml:1: timeout: this must be a number, not True"),
        ("memory = 1.5\n", "apispec.toml:1: memory: this must be a whole number, not 1.5"),
        ("timeout = -1\n", "apispec.toml:1: timeout: this must not be negative"),
        ("timeout = 0\n", "apispec.toml:1: timeout: this must be more than 0, and at most 86400 (a day)"),
        ("timeout = inf\n", "apispec.toml:1: timeout: this must be more than 0"),
        ("templates = 3\n", "apispec.toml:1: templates: this must be a list of texts, not 3"),
        ('fail-on = "sometimes"\n', "apispec.toml:1: fail-on: 'sometimes' is not one of error, warning, info, never"),
        ("openapi-version = 3.1\n", 'apispec.toml:1: openapi-version: a version is a text\n  hint: write "3.1"'),
        ("contact = 3\n", "apispec.toml:1: contact: this must be a table, not 3"),
        ("title = \n", "apispec.toml: this is not TOML: Invalid value (at line 1, column 9)"),
    ],
)
def test_mistakes_are_named_with_their_place(text: str, message: str) -> None:
    path = write("apispec.toml", text)
    with pytest.raises(ConfigError) as caught:
        config.load(path, {})
    assert str(caught.value).startswith(message)


def test_a_file_that_is_not_text_is_an_error() -> None:
    path = Path("apispec.toml")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(path, {})
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(Path("missing.toml"), {})


def test_inline_values_are_toml() -> None:
    assert config.inline('{url = "https://x", description = "X"}', "--server") == {
        "url": "https://x",
        "description": "X",
    }
    with pytest.raises(ConfigError, match="--server: not a TOML value"):
        config.inline("{url", "--server")


def test_every_key_says_what_it_is_for() -> None:
    for key in config.all_keys():
        assert key.metadata["help"].endswith("."), key.name


def test_one_of_several_needs_no_list() -> None:
    loaded = config.load(
        write("sub/apispec.toml", 'servers = "https://a.test"\nlanguages = "curl"\ntemplates = "t"\n'), {}
    )
    assert (loaded.servers, loaded.languages, loaded.templates) == (("https://a.test",), ("curl",), ("sub/t",))
