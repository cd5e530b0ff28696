"""Reports of `validate` and `diff`: one to stdout or a file, more to files of their own."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from apispec.errors import OutputError, UsageError

FORMATS = ("text", "json", "sarif", "github", "junit", "gitlab", "markdown")
"""The formats of `apispec.reports`; a test holds both equal, so that `--help` need not import them."""

F = TypeVar("F", bound=Callable[..., Any])


_MOST_BYTES = 50_000_000
"""Of a baseline or waivers; a checkout may have a link to something without end in their place."""


def agreed(path: str) -> str:
    """The text of a baseline or of waivers.

    Raises:
        OSError: It cannot be read, or is larger than any of these.
        UnicodeDecodeError: It is no text.
    """
    with Path(path).open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
    return data.decode("utf-8-sig")


def report_options(function: F) -> F:
    """`--format`, `-o` and `--report`."""
    choice = click.Choice(FORMATS)
    more = "Write one more report; repeatable: --report sarif=apispec.sarif."
    function = click.option("--report", "more", multiple=True, metavar="FORMAT=FILE", help=more)(function)
    function = click.option("-o", "--output", metavar="FILE", help="Write the report here; stdout by default.")(
        function
    )
    return click.option("--format", "notation", type=choice, default="text", show_default=True, help="The report.")(
        function
    )


def further(more: tuple[str, ...]) -> list[tuple[str, str]]:
    """Format and file of each `--report`.

    Raises:
        UsageError: One is not FORMAT=FILE.
    """
    found = []
    for text in more:
        name, equals, file = text.partition("=")
        if name not in FORMATS or not equals or not file:
            raise UsageError(f"--report {text!r} is not FORMAT=FILE", hint=f"formats: {', '.join(FORMATS)}")
        found.append((name, file))
    return found


def write(text: str, file: str | None) -> None:
    """Write a report to a file, or print it.

    Raises:
        OutputError: The file cannot be written.
    """
    if file in (None, "-"):
        click.echo(text, nl=False)
        return
    try:
        Path(str(file)).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"it cannot be written: {error.strerror or error}", where=str(file)) from None
