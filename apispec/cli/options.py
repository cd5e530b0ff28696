"""Options that several commands share, made from the keys of `Config`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from apispec import config as configuration
from apispec.confinement import leads_out
from apispec.errors import UsageError
from apispec.reports import one_line

F = TypeVar("F", bound=Callable[..., Any])

SECTIONS = {
    "api": "About the API",
    "reading": "Reading the target",
    "document": "The document and its snippets",
    "site": "The site",
    "tools": "Tools for models",
    "prove": "What is proven",
    "rules": "Rules",
    "judging": "Which rules",
    "changes": "What may change",
}
"""Headings of the groups of options in `--help`."""

_GIVEN = "apispec.given"
"""Key in a click context: the configuration file, and the values of options that were given."""

_BEHIND_FILE = re.compile(r"(?<=\.py):.*", re.DOTALL)
"""What a target has behind its file: `:app`."""

_TYPES: dict[str, Any] = {"number": float, "integer": int}


def configured(*groups: configuration.Group, keys: Collection[str] = ()) -> Callable[[F], Any]:
    """Give a command the options of groups of keys and of single ones, and `--config`; it gets one `config: Config`."""
    chosen = [key for key in configuration.all_keys() if key.metadata["group"] in groups or key.name in keys]

    def decorate(function: F) -> Any:
        @functools.wraps(function)
        def command(config_file: str | None, no_config: bool, **values: Any) -> Any:
            given = {key.name: _value(key, values.pop(key.name)) for key in chosen if key.name in values}
            file = _file(config_file, no_config)
            click.get_current_context().meta[_GIVEN] = (file, {n: v for n, v in given.items() if v is not None})
            left_out: list[str] = []
            loaded = configuration.load(file, given, left_out)
            for where in left_out:
                said = "left out: the configuration of an untrusted repository may not say this"
                click.echo(f"{one_line(where)}: {said}", err=True)
            if loaded.static:
                _stay_inside(chosen)
            return function(config=loaded, **values)

        decorated: Any = command
        for key in reversed(chosen):
            decorated = _option(key)(decorated)
        decorated = click.option("--no-config", is_flag=True, help="Read no configuration file.")(decorated)
        return click.option("--config", "config_file", metavar="FILE", help="apispec.toml or pyproject.toml to read.")(
            decorated
        )

    return decorate


def _stay_inside(keys: Collection[Any]) -> None:
    """Refuse files and folders of a stranger's repository that are links out of it.

    Raises:
        UsageError: One is named on the command line.
    """
    context = click.get_current_context()
    words = {key.name for key in keys if key.metadata["kind"] not in ("path", "paths")}
    for param in context.command.params:
        given = context.params.get(param.name or "")
        if param.name in words or isinstance(param.type, click.Choice):
            continue
        for one in given if isinstance(given, tuple) else (given,):
            if isinstance(one, str | Path) and leads_out(Path(_BEHIND_FILE.sub("", str(one)))):
                raise UsageError(
                    "this is a link that leads out of the repository, or to a hidden file",
                    where=str(one),
                    hint="--static and --untrusted read and write nothing outside of it; name the place itself",
                )


class SectionedCommand(click.Command):
    """A command whose `--help` shows the options that are configuration keys under headings of their own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options, then one section per group of keys."""
        groups = {key.name: g for key in configuration.all_keys() if (g := key.metadata["group"]) in SECTIONS}
        sections: dict[str, list[tuple[str, str]]] = {"": [], **{group: [] for group in SECTIONS}}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                sections[groups.get(param.name or "", "")].append(record)
        for group, records in sections.items():
            if records:
                with formatter.section(SECTIONS.get(group, "Options")):
                    formatter.write_dl(records)


def target_argument(function: F) -> F:
    """The argument TARGET, which configuration may give instead."""
    return click.argument("target", required=False)(function)


def output_options(function: F) -> F:
    """`--quiet` and `--verbose`."""
    function = click.option("-v", "--verbose", is_flag=True, help="Say more.")(function)
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")(function)


def _option(key: Any) -> Callable[[Any], Any]:
    meta = key.metadata
    flag = "--" + (meta["option"] or configuration.toml_name(key.name))
    kind = meta["kind"]
    shared: dict[str, Any] = {"default": None, "help": meta["help"]}
    if kind == "flag":
        name = flag.removeprefix("--")
        return click.option(f"--{name}/--no-{name}", key.name, **shared)
    if kind == "choice":
        return click.option(flag, key.name, type=click.Choice(meta["choices"]), **shared)
    if kind in ("texts", "paths", "list"):
        metavar = {"texts": "NAME", "paths": "PATH", "list": "TEXT|TOML"}[kind]
        return click.option(flag, key.name, multiple=True, metavar=metavar, **shared)
    if kind == "table":
        return click.option(flag, key.name, metavar="TOML", **shared)
    if kind == "path":
        return click.option(*(("-o",) if key.name == "out" else ()), flag, key.name, metavar="PATH", **shared)
    return click.option(flag, key.name, type=_TYPES.get(kind, str), **shared)


def _value(key: Any, value: Any) -> Any:
    """An option's value as `Config` holds it; None where it was not given."""
    kind = key.metadata["kind"]
    if value is None or (isinstance(value, tuple) and not value):
        return None
    where = "--" + (key.metadata["option"] or configuration.toml_name(key.name))
    if kind == "list":
        return tuple(configuration.inline(v, where) if v[:1] in "{[" else v for v in value)
    if kind == "table":
        return configuration.convert(key.name, configuration.inline(value, where), where)
    if kind in ("number", "integer"):
        return configuration.convert(key.name, value, where)
    return value


def _file(config_file: str | None, no_config: bool) -> Path | None:
    """The configuration file that counts."""
    if config_file is not None and no_config:
        raise UsageError("--config and --no-config contradict each other")
    if config_file is not None:
        return Path(config_file)
    return None if no_config else configuration.find(Path.cwd())


def given(name: str) -> bool:
    """Whether a key was given as an option of this command."""
    context = click.get_current_context(silent=True)
    return context is not None and name in context.meta.get(_GIVEN, (None, {}))[1]


def words(*groups: configuration.Group, less: Collection[str] = ()) -> list[str]:
    """This command's configuration as words for another command that takes the same groups, from whichever folder.

    Args:
        groups: Whose options are passed on; the file is, whatever it says.
        less: Keys that are left out.
    """
    context = click.get_current_context(silent=True)
    file, values = context.meta.get(_GIVEN, (None, {})) if context is not None else (None, {})
    out = ["--config", str(file.absolute())] if file is not None else ["--no-config"]
    for key in configuration.all_keys():
        if key.name in values and key.metadata["group"] in groups and key.name not in less:
            out += _words(key, values[key.name])
    return out


def _words(key: Any, value: Any) -> Iterator[str]:
    flag, kind = "--" + (key.metadata["option"] or configuration.toml_name(key.name)), key.metadata["kind"]
    if kind == "flag":
        yield flag if value else "--no-" + flag.removeprefix("--")
        return
    if kind == "table":
        yield from (flag, configuration.written(value))
        return
    for one in value if kind in ("texts", "paths", "list") else (value,):
        text = configuration.written(one) if isinstance(one, dict) else str(one)
        is_path = kind in ("path", "paths") or (key.name == "python" and "/" in text)
        yield from (flag, str(Path(text).absolute()) if is_path and "://" not in text else text)
