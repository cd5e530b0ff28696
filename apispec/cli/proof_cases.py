"""What `apispec prove` runs: cases that the options leave, those that are skipped, workflows; and what these need."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apispec.cli.flows import workflows_of
from apispec.cli.proof_hosts import is_mocked
from apispec.cli.reading import counted
from apispec.config import Config
from apispec.errors import UsageError
from apispec.mcp_server import missing
from apispec.model import Api
from apispec.reports import one_line

if TYPE_CHECKING:
    from apispec.prove import Case, Several


@dataclass(frozen=True)
class Plan:
    """What is proven."""

    cases: list[Case]
    skipped: dict[str, str]
    """Endpoints whose cases are not run, with the reasons."""
    flows: Several | None

    @property
    def left(self) -> list[Case]:
        """The cases that are run."""
        return [case for case in self.cases if case.endpoint.name not in self.skipped]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the options choose; empty = all that there is."""

    endpoints: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    shells: tuple[str, ...] = ()


def plan(api: Api, target: str, config: Config, chosen: Chosen, *, quiet: bool, verbose: bool) -> Plan | None:
    """The cases and workflows of an Api; None where none of its endpoints can be called.

    Raises:
        UsageError: The options leave nothing, or name what is not there.
    """
    from apispec.prove import cases as making

    languages = tuple(name.strip().lower() for given in chosen.languages for name in given.split(","))
    unknown = [name for name in languages if name not in making.RUNNERS]
    if not languages and config.languages:  # those that the pages show
        languages = tuple(name for name in config.languages if name in making.RUNNERS)
        left = [name for name in config.languages if name not in making.RUNNERS]
        if left and not quiet:
            click.echo(f"snippets in {' and '.join(left)} are not run: they are compiled first", err=True)
    elif unknown:
        raise UsageError(f"snippets in {unknown[0]!r} can't be run", hint=f"--in takes {', '.join(making.RUNNERS)}")
    over = chosen.over or _protocols(api.source)
    if "gradio" in over and api.source not in ("functions", "gradio"):
        raise UsageError(f"--over gradio is for functions and Gradio apps, not for {api.source}")
    refused: dict[tuple[str, str], str] = {}
    found = making.cases(
        api,
        protocols=over,  # type: ignore[arg-type] # click has checked the choice
        languages=languages,
        endpoints=chosen.endpoints,
        shells=chosen.shells or ("sh",),
        refused=refused,
    )
    for (endpoint, language), why in refused.items():
        if not quiet:
            click.echo(f"{one_line(endpoint)} cannot be called in {language}: {why}", err=True)
    if not found and api.public_endpoints and not any(e.callable for e in api.public_endpoints):
        return None
    if not found:
        raise UsageError("there is nothing to prove", hint="no public endpoint, or the options leave none")
    skipped = _skipped(found, config)
    if api.source == "functions":
        found = [case for case in found if case.protocol != "mcp" or not making.has_mcp_path(api)]
        skipped |= {
            e.name: why for e in api.public_endpoints if (why := making.unprovable(e)) and e.name not in skipped
        }
    flows = workflows_of(api, target, config, chosen.workflows, skipped, quiet=quiet, verbose=verbose)
    if flows is not None:
        found = _beside(found, flows, api, quiet=quiet)
    return Plan(found, skipped, flows)


def check_means(plan: Plan, api: Api, target: str, url: str | None, config: Config) -> None:
    """See that what the cases need is there: programs, credentials, and the user's word on who gets these.

    Raises:
        UsageError: Something is missing.
    """
    from apispec.cli.live import named_by_the_user
    from apispec.prove import cases as making
    from apispec.prove import needed_variables

    programs = making.missing_programs(plan.left)
    if programs:
        raise UsageError(f"{programs[0]} is not installed", hint="--in chooses the languages to prove")
    if url is None:
        named_by_the_user(api, config, url, ask=True)
    brought = plan.flows.provided(api) if plan.flows is not None else set()
    unset = [name for name in needed_variables(plan.left) if not os.environ.get(name)]
    if unset and is_mocked(target, url, config):
        os.environ.update(dict.fromkeys(unset, "mock"))  # the mock asks for credentials, not for whose they are
    unset = [name for name in unset if name not in brought and not os.environ.get(name)]
    if unset:
        raise UsageError(
            f"the snippets send credentials from the environment, and {', '.join(unset)} is not set",
            hint=f"export {unset[0]}=..., with what the app accepts",
        )


def gradio_client(plan: Plan, given: str | None) -> Path | None:
    """The folder that has @gradio/client: the one given, else the nearest; None where none is and no case needs it.

    Raises:
        UsageError: It is needed, and not there.
    """
    modules = _node_modules(given)
    if modules is None and any(c.protocol == "gradio" and c.language == "javascript" for c in plan.left):
        raise UsageError(
            "@gradio/client is not installed",
            hint="npm install @gradio/client, or --over http, or --in python --in curl",
        )
    return modules


def _beside(found: Sequence[Any], flows: Any, api: Api, *, quiet: bool) -> list[Any]:
    """The cases beside workflows: without tools whose credentials only the workflows know."""
    from apispec.prove import needed_variables

    if not any(case.protocol == "http" for case in found):
        raise UsageError("workflows are run over plain HTTP, and nothing here is called so", hint="--over http")
    if flows.alone:
        return [case for case in found if case.protocol == "http"]
    brought = {name for name in flows.provided(api) if not os.environ.get(name)}
    lacking = [case for case in found if case.protocol == "mcp" and brought.intersection(needed_variables([case]))]
    if lacking and not quiet:
        names = ", ".join(sorted(brought))
        click.echo(f"{counted(len(lacking), 'tool')} left out: only the workflows know {names}", err=True)
    return [case for case in found if case not in lacking]


def _protocols(source: str) -> tuple[str, ...]:
    """What is proven where nothing else is said."""
    mcp = () if missing() else ("mcp",)
    return {"functions": ("http", "gradio"), "gradio": ("gradio",)}.get(source, ("http",)) + mcp


def _skipped(cases: Sequence[Any], config: Config) -> dict[str, str]:
    """Endpoints that are left out, each with the reason."""
    from apispec.prove import SAFE, method_of

    names = {case.endpoint.name for case in cases}
    found: dict[str, str] = {}
    if config.prove_safe_only:
        methods = {case.endpoint.name: method_of(case) for case in cases}
        found = {name: f"{method} may change something" for name, method in methods.items() if method not in SAFE}
    for said in config.prove_skip:
        name, _, reason = said.partition("=")
        if name.strip() not in names:
            raise UsageError(
                f"--skip {said}: there is no endpoint {name.strip()!r}", hint=f"one of {', '.join(sorted(names))}"
            )
        found[name.strip()] = reason.strip() or "as was asked"
    return found


def _node_modules(given: str | None) -> Path | None:
    """The folder that has @gradio/client."""
    if given is not None:
        folder = Path(given).absolute()
        if not (folder / "@gradio" / "client").is_dir():
            raise UsageError("there is no @gradio/client in it", where=given, hint="npm install @gradio/client")
        return folder
    here = Path.cwd()
    for folder in [here, *here.parents]:
        if (folder / "node_modules" / "@gradio" / "client").is_dir():
            return folder / "node_modules"
    return None
