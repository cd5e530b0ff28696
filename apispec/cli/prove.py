"""`apispec prove`: run every snippet and compare what comes back."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from apispec.cli.flows import workflows_of
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import counted, read, reading_options
from apispec.config import DAY_S, Config
from apispec.errors import FindingsError, MissingExtraError, UsageError
from apispec.mcp_server import missing
from apispec.model import Api
from apispec.reports import clean, one_line


@click.command("prove", cls=SectionedCommand)
@target_argument
@click.option("--url", metavar="URL", help="Prove against this running server; what arrives there is unseen.")
@click.option("--endpoint", "endpoints", multiple=True, metavar="NAME", help="Only this one; repeatable.")
@click.option(
    "--workflow", "workflows", multiple=True, metavar="ID", help="Only this workflow, and nothing else; repeatable."
)
@click.option(
    "--in",
    "only_in",
    multiple=True,
    metavar="LANGUAGE",
    help="Only these languages (python, javascript, curl); repeatable.",
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
@configured("api", "reading", "tools", "prove")
@output_options
def command(
    target: str | None,
    url: str | None,
    endpoints: tuple[str, ...],
    workflows: tuple[str, ...],
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

    Functions and apps are started for it, anew for each language, so that what one makes and deletes is not met by the
    next. An OpenAPI document is proven against itself, by a mock that judges every request, or against --server. What
    makes something is called first, what deletes it last, and ids in paths are those that were made, or that links and
    workflows (--workflows) tell. The steps of workflows are snippets, too.

    Exits with 1 where one fails. TARGET is a file or a package.module, either with :attribute, or a document.
    """
    try:
        from apispec.prove import cases as making
        from apispec.prove import needed_variables, proving, reporting
    except ImportError as error:
        raise MissingExtraError(f"proving needs {error.name}", hint='pip install "apispec-docs[serve,mcp]"') from error
    only_in = tuple(name.strip().lower() for given in only_in for name in given.split(","))
    unknown = [name for name in only_in if name not in making.RUNNERS]
    if unknown:
        raise UsageError(f"snippets in {unknown[0]!r} can't be run", hint=f"--in takes {', '.join(making.RUNNERS)}")
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
    date = datetime.now(UTC).isoformat(timespec="seconds")
    uncallable = [e for e in api.public_endpoints if not e.callable]
    if not found and uncallable and len(uncallable) == len(api.public_endpoints):
        _print([], notation, date)
        click.echo(f"{counted(len(uncallable), 'endpoint')}, of which none can be called: nothing to prove", err=True)
        return
    if not found:
        raise UsageError("there is nothing to prove", hint="no public endpoint, or the options leave none")
    skipped = _skipped(found, config)
    if api.source == "functions":
        found = [case for case in found if case.protocol != "mcp" or not making.has_mcp_path(api)]
        skipped |= {
            e.name: why for e in api.public_endpoints if (why := making.unprovable(e)) and e.name not in skipped
        }
    flows = workflows_of(api, target, config, workflows, skipped, quiet=quiet, verbose=verbose)
    if flows is not None:
        found = _for_flows(found, flows, api, quiet=quiet)
    left = [case for case in found if case.endpoint.name not in skipped]
    missing = making.missing_programs(left)
    if missing:
        raise UsageError(f"{missing[0]} is not installed", hint="--in chooses the languages to prove")
    if url is None:
        from apispec.cli.live import named_by_the_user

        named_by_the_user(api, config, url, ask=True)
    brought = flows.provided(api) if flows is not None else set()
    unset = [name for name in needed_variables(left) if not os.environ.get(name)]
    if unset and _is_mocked(target, url, config):
        os.environ.update(dict.fromkeys(unset, "mock"))  # the mock asks for credentials, not for whose they are
    unset = [name for name in unset if name not in brought and not os.environ.get(name)]
    if unset:
        raise UsageError(
            f"the snippets send credentials from the environment, and {', '.join(unset)} is not set",
            hint=f"export {unset[0]}=..., with what the app accepts",
        )
    modules = _node_modules(node_modules)
    if modules is None and any(c.protocol == "gradio" and c.language == "javascript" for c in left):
        raise UsageError(
            "@gradio/client is not installed",
            hint="npm install @gradio/client, or --over http, or --in python --in curl",
        )

    def tell(outcome: Any) -> None:
        if verbose:
            word = "passed" if outcome.passed else "FAILED"
            click.echo(f"{word} {one_line(outcome.case.name)} {outcome.seconds:.1f} s", err=True)

    address = _address(target, url, api, config)
    if address is not None:
        _warn(address, left)
    alone = bool(config.prove_before or config.prove_seed)
    with _hosting(target, address, api, config, mock=_is_mocked(target, url, config)) as host:
        ran = proving.prove(
            api, left, host, jobs=1 if alone else jobs, timeout=limit, node_modules=modules, tell=tell,
            seed=lambda server: _commands(config.prove_seed, server.url + server.path), flows=flows,
        )  # fmt: skip
        against = getattr(host, "against", "")
    steps = [one for one in ran if one.case.step]
    known = iter(ran[len(steps) :])
    outcomes = (
        []
        if flows is not None and flows.alone
        else [
            proving.Outcome(case, "", 0.0, skipped=skipped[case.endpoint.name])
            if case.endpoint.name in skipped
            else next(known)
            for case in found
        ]
    )
    outcomes = [*steps, *outcomes]
    ran = [one for one in ran if not one.skipped]
    if api.source == "functions" and not config.strict:
        outcomes = [one if one.case.step else reporting.doubted(one, heard=address is None) for one in outcomes]
        ran = [one for one in outcomes if not one.skipped and not one.unsure]
    if against:
        outcomes = [reporting.without_value(one) for one in outcomes]
        ran = [one for one in outcomes if not one.skipped]
    if uncallable and not quiet:
        click.echo(f"{counted(len(uncallable), 'endpoint')} can't be called: {_names_of(uncallable)}", err=True)
    if notation != "table" or not quiet:
        _print(outcomes, notation, date, against)
    if proof_file:
        from apispec.output import write_file

        kept = reporting.proof(ran, date, against)
        write_file(json.dumps(kept.to_json(), indent=2, ensure_ascii=False) + "\n", Path(proof_file))
    bad = sum(outcome.failed for outcome in outcomes)
    if bad:
        raise FindingsError(f"{bad} of {len(ran)} failed")


def _for_flows(found: Sequence[Any], flows: Any, api: Api, *, quiet: bool) -> list[Any]:
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


def _names_of(endpoints: Sequence[Any]) -> str:
    names = [one_line(endpoint.name) for endpoint in endpoints]
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _print(outcomes: Sequence[Any], notation: str, date: str, against: str = "") -> None:
    from apispec.prove import reporting

    if notation == "json":
        click.echo(reporting.as_json(outcomes, date, against), nl=False)
    elif notation == "junit":
        click.echo(reporting.as_junit(outcomes, date), nl=False)
    elif outcomes:
        click.echo(clean(reporting.table(outcomes, against)), nl=False)


def _protocols(source: str) -> tuple[str, ...]:
    """What is proven where nothing else is said."""
    mcp = () if missing() else ("mcp",)
    return {"functions": ("http", "gradio"), "gradio": ("gradio",)}.get(source, ("http",)) + mcp


def _is_mocked(target: str, url: str | None, config: Config) -> bool:
    """Whether a document is proven against itself: no server is named."""
    from apispec.sources import find_source

    return url is None and not config.servers and find_source(target) is not None


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


def _address(target: str, url: str | None, api: Api, config: Config) -> str | None:
    """Where a server runs already; None where the target is started, or mocked."""
    from apispec.cli.live import proxied_base
    from apispec.sources import find_source

    if url is None and find_source(target) is not None and not _is_mocked(target, url, config):
        url = proxied_base(api, config)
    return None if url is None else url.rstrip("/")


def _warn(address: str, cases: Sequence[Any]) -> None:
    """Say what is about to be changed on a server that is not on this machine."""
    from apispec.prove import SAFE, method_of

    host = urlsplit(address).hostname or ""
    methods = sorted({method_of(case) for case in cases} - SAFE)
    if methods and host != "localhost" and not host.startswith("127.") and host != "::1":
        count = len({case.endpoint.name for case in cases if method_of(case) not in SAFE})
        click.echo(
            f"warning: {address} is not on this machine, and {count} endpoints may change something there "
            f"({', '.join(methods)}); --safe-only leaves them out",
            err=True,
        )


def _commands(commands: Sequence[str], url: str = "") -> None:
    """Run commands in a shell, one after the other."""
    for text in commands:
        told = {**os.environ, "APISPEC_URL": url}
        done = subprocess.run(
            text, shell=True, env=told, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        )  # fmt: skip
        click.echo(done.stdout, err=True, nl=False)
        if done.returncode:
            raise UsageError(f"{text!r} ended with {done.returncode}", hint="it runs before the calls of each language")


@contextlib.contextmanager
def _hosting(target: str, address: str | None, api: Api, config: Config, *, mock: bool) -> Iterator[Any]:
    """What the calls go to: a server that runs, or what starts one for each run, after what is to be done before."""
    from apispec.cli.live import own_path
    from apispec.hosting import launched
    from apispec.prove import Host, hosted, mocked

    if mock:
        with mocked(api) as host:
            host.tools = _tools(api, host.url + "/mcp")
            yield host
        return

    @contextlib.contextmanager
    def one() -> Iterator[Host]:
        _commands(config.prove_before, address or "")
        if address is not None:
            yield Host(address, tools=None if api.source == "functions" else _tools(api, address))
        elif api.source == "gradio" or (config.python and api.source != "functions"):
            with tempfile.TemporaryDirectory(prefix="apispec-heard-") as folder:
                calls = Path(folder, "calls") if api.source == "gradio" else None
                options = reading_options(config)
                with launched(target, options, api.source, show_errors=True, heard=calls) as place:
                    path = own_path(api)
                    yield Host(place, path=path, tools=_tools(api, place + path), heard=calls)
        else:
            with hosted(target) as host:
                host.path = own_path(api)
                yield host

    if api.source == "gradio" and not config.prove_before:  # which takes long to start, and keeps its state by session
        with one() as host:
            yield host
    else:
        yield one


def _tools(api: Api, base: str) -> Any:
    """The tools of what is called at an address; None where the SDK is not installed."""
    if missing():
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
