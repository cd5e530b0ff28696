"""One generated file: to stdout, to disk, or compared with what is there."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec.config import Config
from apispec.errors import FindingsError, UsageError
from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint
from apispec.reports import clean

if TYPE_CHECKING:
    from apispec.schemas import Running

_AT_ONCE = 1_000_000
"""Characters that are written to a stream at once."""


def document_text(
    api: Api, config: Config, findings: list[Finding], *, validate: bool = True, thorough: bool | None = None
) -> str:
    """The OpenAPI document as the configuration wants it, JSON; what it cannot say is appended to `findings`.

    Raises:
        ApispecError: It is not valid, or a template is wrong.
    """
    from apispec.rendering import openapi
    from apispec.schemas import for_things, running

    samples = None
    over: list[Endpoint] = []
    if config.code_samples:
        from apispec.examples import arguments
        from apispec.snippets import snippets

        languages: Sequence[str] | None = config.languages or None

        def samples(endpoint):  # type: ignore[no-untyped-def]
            guessed: list[str] = []
            given = arguments(endpoint, api, guessed)
            if guessed:
                findings.append(_guessed(endpoint, guessed))
            if budget.is_over and not over:
                over.append(endpoint)
                findings.append(_over(endpoint, budget))
            made = snippets(api, endpoint, arguments=given, languages=languages, user_dirs=config.templates)
            return openapi.code_samples(made)

    with running(for_things(len(api.endpoints) + len(api.schemas))) as budget:
        return openapi.render(
            api,
            version=config.openapi_version or None,  # type: ignore[arg-type] # click has checked the choice
            samples=samples,
            template_dirs=config.templates,
            findings=findings,
            validate=validate,
            thorough=thorough,
        )


_CONTROL = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What JSON and YAML may hold as it is, and a terminal takes for more than text."""


def _escaped(found: re.Match[str]) -> str:
    """A character as JSON and YAML write it in quotes, which it stands in."""
    return f"\\u{ord(found[0]):04x}"


def _over(endpoint: Endpoint, budget: Running) -> Finding:
    message = (
        f"The examples of all endpoints together take more than {budget.most:,} steps: from here on they are small."
    )
    hint = "schemas that all lead to each other have examples without end; give some of their own"
    return Finding("budget-spent", Severity.WARNING, message, endpoint.location, hint, f"endpoint {endpoint.name}")


def _guessed(endpoint: Endpoint, names: list[str]) -> Finding:
    told = ", ".join(repr(name) for name in dict.fromkeys(names))
    message = f"No value was found that fits {told}: the calls shown send a guess, or nothing."
    subject = f"endpoint {endpoint.name}"
    return Finding("guessed-value", Severity.WARNING, message, endpoint.location, "give an example that fits", subject)


def without_check() -> str:
    """The command that is running without its `--check`: what brings up to date what that found stale."""
    words = click.get_current_context().find_root().obj or ()
    return shlex.join(["apispec", *(word for word in words if word != "--check")])


def deliver(text: str, output: str | None, *, check: bool, quiet: bool) -> None:
    """Print a generated text, write it to a file, or compare it with that file.

    Args:
        text: The file's whole content.
        output: The file; None or `-` = stdout.
        check: Only compare; write nothing.
        quiet: Say nothing of what was written.

    Raises:
        UsageError: There is no file to compare with.
        FindingsError: The file is stale; the difference went to stdout.
    """
    if output in (None, "-"):
        if check:
            raise UsageError("--check compares with a file", hint="name it with -o")
        shown = sys.stdout.isatty()
        for start in range(0, len(text), _AT_ONCE):  # what is written is encoded whole
            part = text[start : start + _AT_ONCE]
            sys.stdout.write(_CONTROL.sub(_escaped, part) if shown else part)
        return
    from apispec import output as files

    path = Path(str(output))
    if check:
        difference = files.stale_file(text, path)
        if difference:
            sys.stdout.write(clean(difference))
            state = "is out of date" if path.exists() else "does not exist"
            raise FindingsError(state, where=str(path), hint=f"bring it up to date: {without_check()}")
        return
    files.write_file(text, path)
    if not quiet:
        click.echo(f"wrote {path}", err=True)
