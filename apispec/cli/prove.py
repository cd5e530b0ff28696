"""`apispec prove`: run every snippet and compare what comes back."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import read, reading_options
from apispec.config import DAY_S, Config
from apispec.errors import FindingsError, MissingExtraError, UsageError
from apispec.model import Api
from apispec.reports import clean, one_line


@click.command("prove", cls=SectionedCommand)
@target_argument
@click.option("--url", metavar="URL", help="Prove against this running server; what arrives there is unseen.")
@click.option("--endpoint", "endpoints", multiple=True, metavar="NAME", help="Only this one; repeatable.")
@click.option(
    "--in", "only_in", multiple=True, metavar="LANGUAGE", help="Only this language (python, javascript, curl)."
)
@click.option(
    "--over", multiple=True, type=click.Choice(["http", "gradio", "mcp"]), help="Only over this protocol; repeatable."
)
@click.option("--shell", "shells", multiple=True, metavar="NAME", help="Run cURL snippets with it; sh by default.")
@click.option("--node-modules", metavar="FOLDER", help="Where @gradio/client is; the nearest node_modules by default.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 2, help="Snippets that run at once.")
@click.option(
    "--limit",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0, DAY_S, min_open=True),
    metavar="SECONDS",
    help="Longest time for one snippet.",
)
@click.option(
    "--format", "notation", type=click.Choice(["table", "json", "junit"]), default="table", show_default=True,
    help="How the outcome is printed.",
)  # fmt: skip
@click.option("--out", "proof_file", metavar="FILE", help="Keep what passed, for `apispec build --proof FILE`.")
@configured("api", "reading", "tools")
@output_options
def command(
    target: str | None,
    url: str | None,
    endpoints: tuple[str, ...],
    only_in: tuple[str, ...],
    over: tuple[str, ...],
    shells: tuple[str, ...],
    node_modules: str | None,
    jobs: int,
    limit: float,
    notation: str,
    proof_file: str | None,
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Run every snippet and call every tool.

    What arrives and what comes back is compared with what was meant.

    Functions and apps are started for it. An OpenAPI document is proven against itself, by a mock that judges every
    request, or against --server.

    Exits with 1 where one fails. TARGET is a file or a package.module, either with :attribute, or a document.
    """
    try:
        from apispec.prove import cases as making
        from apispec.prove import needed_variables, proving, reporting
    except ImportError as error:
        raise MissingExtraError(f"proving needs {error.name}", hint='pip install "apispec-docs[serve,mcp]"') from error
    target = target or config.target
    api = read(target, config).api
    over = over or _protocols(api.source)
    if "gradio" in over and api.source not in ("functions", "gradio"):
        raise UsageError(f"--over gradio is for functions and Gradio apps, not for {api.source}")
    found = making.cases(
        api,
        protocols=over,  # type: ignore[arg-type] # click has checked the choice
        languages=only_in,
        endpoints=endpoints,
        shells=shells or ("sh",),
    )
    if not found:
        raise UsageError("there is nothing to prove", hint="no public endpoint, or the options leave none")
    missing = making.missing_programs(found)
    if missing:
        raise UsageError(f"{missing[0]} is not installed", hint="--in chooses the languages to prove")
    if url is None:
        from apispec.cli.live import named_by_the_user

        named_by_the_user(api, config, url, ask=True)
    unset = [name for name in needed_variables(found) if not os.environ.get(name)]
    if unset and _is_mocked(target, url, config):
        os.environ.update(dict.fromkeys(unset, "mock"))  # the mock asks for credentials, not for whose they are
    elif unset:
        raise UsageError(
            f"the snippets send credentials from the environment, and {', '.join(unset)} is not set",
            hint=f"export {unset[0]}=..., with what the app accepts",
        )
    modules = _node_modules(node_modules)
    if modules is None and any(c.protocol == "gradio" and c.language == "javascript" for c in found):
        raise UsageError(
            "@gradio/client is not installed",
            hint="npm install @gradio/client, or --over http, or --in python --in curl",
        )

    def tell(outcome: Any) -> None:
        if verbose:
            word = "passed" if outcome.passed else "FAILED"
            click.echo(f"{word} {one_line(outcome.case.name)} {outcome.seconds:.1f} s", err=True)

    date = datetime.now(UTC).isoformat(timespec="seconds")
    with _host(target, url, api, config) as host:
        outcomes = proving.prove(api, found, host, jobs=jobs, timeout=limit, node_modules=modules, tell=tell)
    if notation != "table" or not quiet:
        if notation == "json":
            click.echo(reporting.as_json(outcomes, date, host.against), nl=False)
        elif notation == "junit":
            click.echo(reporting.as_junit(outcomes, date), nl=False)
        else:
            click.echo(clean(reporting.table(outcomes, host.against)), nl=False)
    if proof_file:
        from apispec.output import write_file

        kept = reporting.proof(outcomes, host, date)
        write_file(json.dumps(kept.to_json(), indent=2, ensure_ascii=False) + "\n", Path(proof_file))
    bad = sum(not outcome.passed for outcome in outcomes)
    if bad:
        raise FindingsError(f"{bad} of {len(outcomes)} failed")


def _protocols(source: str) -> tuple[str, ...]:
    """What is proven where nothing else is said."""
    mcp = ("mcp",) if importlib.util.find_spec("mcp") is not None else ()
    return {"functions": ("http", "gradio"), "gradio": ("gradio",)}.get(source, ("http",)) + mcp


def _is_mocked(target: str, url: str | None, config: Config) -> bool:
    """Whether a document is proven against itself: no server is named."""
    from apispec.sources import find_source

    return url is None and not config.servers and find_source(target) is not None


@contextlib.contextmanager
def _host(target: str, url: str | None, api: Api, config: Config) -> Iterator[Any]:
    """The server to prove against; what arrives is seen where it runs in this interpreter."""
    from apispec.cli.live import own_path, proxied_base
    from apispec.hosting import launched
    from apispec.prove import Host, hosted, mocked
    from apispec.sources import find_source

    if url is None and find_source(target) is not None:
        if _is_mocked(target, url, config):
            with mocked(api) as host:
                host.tools = _tools(api, host.url + "/mcp")
                yield host
            return
        url = proxied_base(api, config)
    if url is not None:
        base = url.rstrip("/")
        yield Host(base, tools=None if api.source == "functions" else _tools(api, base))
    elif api.source == "gradio" or (config.python and api.source != "functions"):
        with launched(target, reading_options(config), api.source, show_errors=True) as address:
            path = own_path(api)
            yield Host(address, path=path, tools=_tools(api, address + path))
    else:
        with hosted(target) as host:
            host.path = own_path(api)
            yield host


def _tools(api: Api, base: str) -> Any:
    """The tools of what is called at an address; None where the SDK is not installed."""
    if importlib.util.find_spec("mcp") is None:
        return None
    if api.source == "gradio":
        from apispec.mcp_server import GradioServer

        return GradioServer(api, base).server
    from apispec.mcp_server import ProxyServer

    return ProxyServer(api, base).server


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
