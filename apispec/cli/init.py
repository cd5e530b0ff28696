"""`apispec init`: a starter app, configuration and a CI workflow; what is there already stays as it is."""

from __future__ import annotations

from pathlib import Path

import click

from apispec.errors import OutputError
from apispec.templating import templates_dir

WORKFLOWS = {"github": (".github/workflows/api.yml", "api.yml"), "gitlab": (".gitlab-ci.yml", "gitlab-ci.yml")}
"""CI system → the file it reads, and our template of it."""


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]")
@click.option(
    "--ci", type=click.Choice([*WORKFLOWS, "none"]), default="github", show_default=True, help="The workflow to write."
)
def command(folder: str, ci: str) -> None:
    """Write a starter app, configuration and CI workflow.

    FOLDER is the current one by default. Files that exist are never changed.
    """
    files = {"app.py": "app.py", "apispec.toml": "apispec.toml"}
    if ci in WORKFLOWS:
        files[WORKFLOWS[ci][0]] = WORKFLOWS[ci][1]
    written = 0
    for name, template in files.items():
        text = (templates_dir() / "init" / template).read_text(encoding="utf-8")
        if _write_new(Path(folder) / name, text):
            click.echo(f"wrote {name}", err=True)
            written += 1
        else:
            click.echo(f"kept {name}, it is there already", err=True)
    if written:
        place = "" if folder == "." else f"cd {folder} && "
        click.echo(f"Next: {place}apispec build", err=True)


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; whether it was written.

    Raises:
        OutputError: The folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise OutputError(f"it cannot be written: {error.strerror or error}", where=str(path)) from None
    return True
