"""What the calls of `apispec prove` go to: a server that runs, one that is started for each run, or the mock."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from apispec.cli.reading import reading_options
from apispec.config import Config
from apispec.errors import UsageError
from apispec.mcp_server import missing
from apispec.model import Api
from apispec.urls import split_url


def is_mocked(target: str, url: str | None, config: Config) -> bool:
    """Whether a document is proven against itself: no server is named."""
    from apispec.sources import find_source

    return url is None and not config.servers and find_source(target) is not None


def address_of(target: str, url: str | None, api: Api, config: Config) -> str | None:
    """Where a server runs already; None where the target is started, or mocked."""
    from apispec.cli.live import proxied_base
    from apispec.sources import find_source

    if url is None and find_source(target) is not None and not is_mocked(target, url, config):
        url = proxied_base(api, config)
    return None if url is None else url.rstrip("/")


def warn(address: str, cases: Sequence[Any]) -> None:
    """Say what is about to be changed on a server that is not on this machine."""
    from apispec.prove import SAFE, method_of

    host = split_url(address).hostname or ""
    methods = sorted({method_of(case) for case in cases} - SAFE)
    if methods and host != "localhost" and not host.startswith("127.") and host != "::1":
        count = len({case.endpoint.name for case in cases if method_of(case) not in SAFE})
        click.echo(
            f"warning: {address} is not on this machine, and {count} endpoints may change something there "
            f"({', '.join(methods)}); --safe-only leaves them out",
            err=True,
        )


def run_commands(texts: Sequence[str], url: str = "") -> None:
    """Run commands in a shell, one after the other."""
    for text in texts:
        told = {**os.environ, "APISPEC_URL": url}
        done = subprocess.run(
            text, shell=True, env=told, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        )  # fmt: skip
        click.echo(done.stdout, err=True, nl=False)
        if done.returncode:
            raise UsageError(f"{text!r} ended with {done.returncode}", hint="it runs before the calls of each language")


@contextlib.contextmanager
def hosting(target: str, address: str | None, api: Api, config: Config, *, mock: bool) -> Iterator[Any]:
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
        run_commands(config.prove_before, address or "")
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
