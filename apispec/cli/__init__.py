"""The command `apispec`. Commands are modules of this package, imported only when one is used.

Output goes to stdout, words for people to stderr; exit codes are 0 (fine), 1 (findings, breaking changes or stale
files) and 2 (could not run).
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import click

from apispec import machine
from apispec.cli.collector import ends_with_this_command, leave
from apispec.cli.streams import outlast_readers
from apispec.errors import ApispecError
from apispec.version import __version__

__all__ = ["COMMANDS", "INTERRUPTED", "main", "run"]

COMMANDS = {
    "build": "Write the site: pages, openapi.json, mcp.json.",
    "spec": "Write the OpenAPI document alone.",
    "tools": "Write the MCP tool listing alone.",
    "pages": "Write the Markdown pages for your own site.",
    "inspect": "Show what was found: endpoints, parameters, findings.",
    "serve": "Serve functions, or an app of another library, with docs and MCP tools.",
    "mcp": "Serve the tools over MCP, or install them in a client.",
    "mock": "Serve the described API from its examples, and judge every request.",
    "snippet": "Print the snippet of one call.",
    "prove": "Run every snippet and call every tool.",
    "validate": "Judge documents: valid, well described, safe?",
    "bundle": "Make one document of many files.",
    "diff": "Find what breaks callers between two versions.",
    "init": "Write a starter app, configuration and CI workflow.",
}
"""Every command with its one line, so that `apispec --help` imports none of them; tests hold it equal to theirs."""


INTERRUPTED = 130
"""Exit code after SIGINT; after SIGTERM it is 143 (128 and the number of the signal, as shells have it)."""


class _Lazy(click.Group):
    """A group whose commands are modules: `apispec.cli.NAME`, attribute `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"apispec.cli.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {close[0]}?" if close else ""
            if "." in args[0] or "/" in args[0]:
                hint = f" Did you mean `apispec build {args[0]}`?"
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="apispec")
def group() -> None:
    """API docs whose every snippet runs: OpenAPI, pages and MCP tools from Python functions."""


def main(args: list[str] | None = None) -> None:
    """Run the command and end the process with its exit code."""
    if args is None:
        machine.begin_in_utf8()
    # A command makes many objects that live until its end; looking through them for cycles again and again costs a
    # third of the time for a large API.
    gc.set_threshold(100_000, 50, 1000)
    outlast_readers()
    if told := namesake(Path(__file__).parents[2]):
        print(f"apispec: {told}", file=sys.stderr)  # noqa: T201 - click may be broken by it, too
    ended: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        ended.append(number)
        raise KeyboardInterrupt  # so that temporary folders are removed, and processes of ours ended

    machine.at_stop(end)
    ends_with_this_command()
    code = run(sys.argv[1:] if args is None else args)
    leave(128 + ended[0] if ended and code == INTERRUPTED else code)


def namesake(folder: Path) -> str:
    """What to know where the other package called apispec lies beside this one; empty where it does not.

    Args:
        folder: Where packages are installed.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 - several times as fast
    except OSError:
        return ""
    if not any(name.startswith("apispec-") and name.endswith((".dist-info", ".egg-info")) for name in names):
        return ""
    return (
        "another project's package `apispec` is installed in this environment, too; both have an import package of "
        "that name, and one breaks the other. Keep apispec-docs apart: pipx install apispec-docs, or uv tool install "
        "apispec-docs"
    )


def run(args: list[str]) -> int:
    """Run the command.

    Returns:
        The exit code. Expected problems are printed to stderr without a traceback; an unexpected one is a bug of ours
        and says so, with the traceback where `--verbose` is given.
    """
    try:
        color = False if os.environ.get("NO_COLOR") else None  # https://no-color.org
        result = group.main(args=args, prog_name="apispec", standalone_mode=False, obj=tuple(args), color=color)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as problem:
        problem.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("apispec: interrupted", err=True)
        return INTERRUPTED
    except ApispecError as error:
        from apispec.reports import clean

        click.echo(f"apispec: {clean(str(error))}", err=True)
        return error.exit_code
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO):
            click.echo(f"apispec: the output can't be written: {error.strerror}", err=True)
            return 2
        from apispec.reports import clean

        if isinstance(error, OSError) and error.filename is not None and error.strerror:
            name = str(error.filename)
            click.echo(f"apispec: {clean(name if len(name) < 200 else name[:199] + '…')}: {error.strerror}", err=True)
            return 2
        if {"-v", "--verbose"} & set(args):
            raise
        said = clean(f"{type(error).__name__}: {error}")
        click.echo(f"apispec: internal error, please report it: {said}", err=True)
        click.echo("  hint: run it again with --verbose for the traceback", err=True)
        return 2
