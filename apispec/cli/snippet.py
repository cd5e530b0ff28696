"""`apispec snippet`: one call in one language, or a cURL line in another one."""

from __future__ import annotations

import difflib
import json
from typing import Any

import click

from apispec.cli.options import configured, output_options
from apispec.cli.reading import read
from apispec.config import Config
from apispec.errors import MissingExtraError, UsageError
from apispec.model import Api, Endpoint, Json, Parameter


@click.command("snippet")
@click.argument("target", required=False)
@click.argument("endpoint", required=False)
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--language", "-l", default="", help="python, javascript, curl, go, java, ...; python by default.")
@click.option("--from-curl", metavar="LINE", help="Find the endpoint that a cURL line calls, and print that call.")
@click.option("--list", "listing", is_flag=True, help="Print the languages.")
@configured("api", "reading")
@output_options
def command(
    target: str | None,
    endpoint: str | None,
    values: tuple[str, ...],
    language: str,
    from_curl: str | None,
    listing: bool,
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Print the snippet of one call.

    TARGET is a file or a package.module, either with :attribute, or a document. ENDPOINT is one of its endpoints: a
    name, an operationId, or "GET /pets/{id}". Values are JSON, or text where they are none: limit=5
    'tags=["a"]' name=Tom.
    """
    from apispec.snippets import languages, snippets

    api = read(target or config.target, config).api
    base_url, arguments = None, None
    if from_curl is not None:
        try:
            from apispec.mock import recognized
        except ImportError as error:
            raise MissingExtraError(
                f"reading cURL lines needs {error.name}", hint='pip install "apispec-docs[serve]"'
            ) from error
        call = recognized(from_curl, api)
        found, arguments, base_url = call.endpoint, call.arguments, call.base_url
    else:
        if endpoint is None and not listing:
            raise UsageError("no endpoint is named", hint=_names(api))
        found = _endpoint(api, endpoint) if endpoint is not None else next(iter(api.public_endpoints))
    dirs = tuple(config.templates)
    known = languages(found.protocol, dirs)
    if listing:
        for one in known:
            click.echo(f"{one.id.ljust(12)} {one.name}")
        return
    if values:
        arguments = {**(arguments or _given(found, api)), **_values(found, values)}
    wanted = language.lower() or "python"
    names = {**{one.name.lower(): one.id for one in known}, **{one.id: one.id for one in known}}
    if wanted not in names:
        raise UsageError(f"there is no language {language!r}", hint=f"one of {', '.join(one.id for one in known)}")
    refused: dict[str, str] = {}
    made = snippets(
        api, found, arguments=arguments, languages=[names[wanted]], base_url=base_url, user_dirs=dirs, refused=refused
    )
    if not made:
        why = refused[names[wanted]]
        raise UsageError(f"{found.name} cannot be called in {wanted}: {why}", hint="choose another language with -l")
    click.echo(made[0].text, nl=False)


def _endpoint(api: Api, name: str) -> Endpoint:
    """An endpoint by its name, its operationId, or by method and path.

    Raises:
        UsageError: There is none.
    """
    method, _, path = name.partition(" ")
    for endpoint in api.public_endpoints:
        call: Any = endpoint.call
        if name in (endpoint.name, getattr(call, "operation_id", ""), getattr(call, "api_name", None)):
            return endpoint
        if (getattr(call, "method", "").lower(), getattr(call, "path", "")) == (method.lower(), path.strip()):
            return endpoint
    raise UsageError(f"there is no endpoint {name!r}", hint=_names(api, name))


def _names(api: Api, like: str = "") -> str:
    names = [endpoint.name for endpoint in api.public_endpoints]
    close = difflib.get_close_matches(like, names, 3) if like else names[:8]
    return f"did you mean {' or '.join(close)}?" if like and close else f"one of {', '.join(names[:8])}"


def _given(endpoint: Endpoint, api: Api) -> dict[str, Json]:
    """The required arguments of the example call, which those that are given are put over."""
    from apispec.examples import arguments
    from apispec.requests import argument_names

    names = argument_names(endpoint)
    return {n: v for n, v in arguments(endpoint, api).items() if n not in names or names[n].required}


def _values(endpoint: Endpoint, given: tuple[str, ...]) -> dict[str, Json]:
    """Arguments as they were typed.

    Raises:
        UsageError: One has no name, or a name that the endpoint does not have.
    """
    from apispec.requests import argument_names, body_name

    names: dict[str, Parameter | None] = {**argument_names(endpoint)}
    if endpoint.request_body is not None:
        names[body_name(endpoint)] = None
    out: dict[str, Json] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"{text!r} is no NAME=VALUE")
        if name not in names:
            raise UsageError(f"{endpoint.name} has no parameter {name!r}", hint=f"it has {', '.join(names) or 'none'}")
        parameter = names[name]
        if parameter is not None and parameter.location == "file":
            raise UsageError(f"{name} is a file: its sample stands in the snippet", hint="change it there")
        out[name] = _value(value, parameter)
    return out


def _value(text: str, parameter: Parameter | None) -> Json:
    from apispec.schemas import types

    if parameter is not None and "string" in types(parameter.schema):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
