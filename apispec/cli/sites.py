"""The files of a site: of one API, of several (`portal`), or of several versions of one (`versions`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apispec.cli.generating import generate, site_options
from apispec.cli.made import Begin, Site
from apispec.cli.reading import counted, read
from apispec.config import Config
from apispec.errors import UsageError
from apispec.words import ENGLISH, speaking


def render(target: str | None, config: Config, begin: Begin, ready: Callable[[], None]) -> Site:
    """The site that a target and the configuration ask for.

    Args:
        target: As given on the command line; one that is given there is the only API.
        config: The user's choices.
        begin: Told the name of each stage as it begins.
        ready: Called before pages are made, where nothing else must run.

    Raises:
        ApispecError: A target cannot be read, or a choice is wrong.
    """
    with speaking(config.language or ENGLISH, config.templates):
        return _render(target, config, begin, ready)


def _render(target: str | None, config: Config, begin: Begin, ready: Callable[[], None]) -> Site:
    if target is None and config.apis:
        if config.versions:
            raise UsageError("apis and versions are not on one site", hint="build each: --config FILE")
        from apispec.cli.portal import portal

        return portal(config, begin, ready)
    if config.versions:
        from apispec.cli.versions import versioned

        return versioned(replace(config, target=target or config.target), begin, ready)
    return one(target, config, begin, ready)


def one(target: str | None, config: Config, begin: Begin, ready: Callable[[], None]) -> Site:
    """The site of one API; arguments and errors as for `render`."""
    from apispec import site

    begin("read")
    found = read(target, config)
    ready()
    generated = generate(found.api, target or config.target, config, begin)
    begin("site")
    own = replace(config, target=target or config.target)
    files = site.render(generated.pages, site_options(found.api, generated, own), generated.files, given_up=True)
    count = counted(len(found.api.public_endpoints), "endpoint")
    return Site(files, [*found.findings, *generated.findings], found.api.title, count, generated.moves)
