"""`apispec prove`: run every snippet and compare what comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from apispec.cli.addresses import given_address, reached
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.proof_cases import Chosen, Plan, check_means, gradio_client, plan
from apispec.cli.proof_hosts import address_of, hosting, is_mocked, run_commands, warn
from apispec.cli.reading import counted, read
from apispec.config import DAY_S, Config
from apispec.errors import FindingsError, MissingExtraError
from apispec.reports import clean, one_line


@click.command("prove", cls=SectionedCommand)
@target_argument
@click.option(
    "--url",
    metavar="URL",
    callback=given_address,
    help="Prove against this running server; what arrives there is unseen.",
)
@click.option("--endpoint", "endpoints", multiple=True, metavar="NAME", help="Only this one; repeatable.")
@click.option(
    "--workflow", "workflows", multiple=True, metavar="ID", help="Only this workflow, and nothing else; repeatable."
)
@click.option(
    "--in",
    "only_in",
    multiple=True,
    metavar="LANGUAGE",
    help="These languages instead of python, javascript and curl: go, java, php, ...; repeatable.",
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
        from apispec.prove import proving, reporting
    except ImportError as error:
        raise MissingExtraError(f"proving needs {error.name}", hint='pip install "apispec-docs[serve,mcp]"') from error
    target = target or config.target
    api = read(target, config).api
    chosen = Chosen(endpoints=endpoints, workflows=workflows, languages=only_in, over=over, shells=shells)
    date = datetime.now(UTC).isoformat(timespec="seconds")
    uncallable = [e for e in api.public_endpoints if not e.callable]
    planned = plan(api, target, config, chosen, quiet=quiet, verbose=verbose)
    if planned is None:
        _print([], notation, date)
        click.echo(f"{counted(len(uncallable), 'endpoint')}, of which none can be called: nothing to prove", err=True)
        return
    check_means(planned, api, target, url, config)
    modules = gradio_client(planned, node_modules)

    def tell(outcome: Any) -> None:
        if verbose:
            word = "passed" if outcome.passed else "FAILED"
            click.echo(f"{word} {one_line(outcome.case.name)} {outcome.seconds:.1f} s", err=True)

    address = address_of(target, url, api, config)
    if url is not None and not config.prove_before:
        reached(url)
    if address is not None:
        warn(address, planned.left)
    alone = bool(config.prove_before or config.prove_seed)
    with hosting(target, address, api, config, mock=is_mocked(target, url, config)) as host:
        ran = proving.prove(
            api, planned.left, host, jobs=1 if alone else jobs, timeout=limit, node_modules=modules, tell=tell,
            seed=lambda server: run_commands(config.prove_seed, server.url + server.path), flows=planned.flows,
        )  # fmt: skip
        against = getattr(host, "against", "")
    outcomes = _with_skipped(planned, ran)
    if api.source == "functions" and not config.strict:
        outcomes = [one if one.case.step else reporting.doubted(one, heard=address is None) for one in outcomes]
    if against:
        outcomes = [reporting.without_value(one) for one in outcomes]
    ran = [one for one in outcomes if not one.skipped and not one.unsure]
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


def _with_skipped(planned: Plan, ran: Sequence[Any]) -> list[Any]:
    """What came of each case, in the order of the plan: first the steps of workflows, and what was skipped between."""
    from apispec.prove import proving

    steps = [one for one in ran if one.case.step]
    if planned.flows is not None and planned.flows.alone:
        return steps
    known = iter(ran[len(steps) :])
    why = planned.skipped
    return steps + [
        proving.Outcome(case, "", 0.0, skipped=why[case.endpoint.name]) if case.endpoint.name in why else next(known)
        for case in planned.cases
    ]


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
