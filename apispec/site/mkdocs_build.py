"""The only module that knows MkDocs: builds a folder of pages, and says in one error what MkDocs had to say."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apispec.errors import BuildError


def preload() -> None:
    """Import what `build` needs; worth doing in a thread while something else is waited for."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # a notice on stdout that is not for our users
    with contextlib.suppress(ImportError):
        for module in ("mkdocs.commands.build", "material.plugins.search.plugin", "pymdownx.superfences"):
            importlib.import_module(module)


def run_mkdocs(data: dict[str, Any], work: Path, *, own_theme: bool = False) -> None:
    """Build with MkDocs; whatever it warns of ends the build.

    Args:
        data: MkDocs' configuration.
        work: The folder that it is built in.
        own_theme: Parts of the theme are the user's: all of it runs in Jinja's sandbox.

    Raises:
        BuildError: With what MkDocs said.
    """
    preload()
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import Abort, MkDocsException

    from apispec.site.theme_templates import quick

    with _messages() as said:
        try:
            config = MkDocsConfig(config_file_path=str(work / "mkdocs.yml"))
            config.load_dict(data)
            errors, warnings = config.validate()
            said.extend(f"{key}: {problem}" for key, problem in [*errors, *warnings])
            if errors:
                raise Abort("the configuration is not valid")
            if own_theme:
                _sandboxed(config.theme)
            else:
                quick(config.theme)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, Abort, SystemExit) as error:
            text = "\n".join(said).replace(str(work / "docs") + os.sep, "")
            raise BuildError(f"MkDocs could not build the pages: {error}", details=text) from error


def _sandboxed(theme: Any) -> None:
    """Let a theme's templates run in a sandbox."""
    from apispec.templating import Sandbox

    made = theme.get_env

    def get_env() -> Sandbox:
        plain = made()
        env = Sandbox(loader=plain.loader, auto_reload=False, extensions=plain.extensions)
        env.filters.update(plain.filters)
        env.globals.update(plain.globals)
        return env

    theme.get_env = get_env


@contextlib.contextmanager
def _messages() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins warn of, instead of printing it."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
