"""What is said about the whole API: by the options, the `App`, and the module."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping, Sequence
from typing import Any

from apispec.app import App
from apispec.errors import EndpointError
from apispec.introspection.options import Options
from apispec.model import Api, Contact, Endpoint, License, Schema, Server, ServerVariable, Tag

_NAMELESS = ("", "__main__", "app", "main", "api")
"""Module names that say nothing about the API."""


def api_of(
    app: App | None,
    module: types.ModuleType | None,
    endpoints: tuple[Endpoint, ...],
    schemas: dict[str, Schema],
    options: Options,
) -> Api:
    """The Api: options win over the App, the App over the module.

    Raises:
        EndpointError: The App was given something that is no server, tag or licence.
    """
    said = app or App()
    try:
        return Api(
            title=options.title or said.title or _title(module),
            version=options.version or said.version or _version(module) or "0.1.0",
            summary=options.summary or said.summary or "",
            description=options.description or said.description or _docstring(module),
            servers=tuple(_server(server) for server in said.servers),
            tags=tuple(Tag(name=tag) if isinstance(tag, str) else _tag(tag) for tag in said.tags),
            endpoints=endpoints,
            schemas=schemas,
            security_schemes={name: dict(scheme) for name, scheme in said.security_schemes.items()},
            security=tuple(_security(requirement) for requirement in said.security),
            contact=Contact(**said.contact) if said.contact else None,
            license=_license(said.license) if said.license else None,
            terms_of_service=said.terms_of_service or "",
            external_docs=dict(said.external_docs or {}),
        )
    except (TypeError, ValueError, KeyError) as error:
        raise EndpointError(f"the App's description is not valid: {_first_line(error)}") from error


def _title(module: types.ModuleType | None) -> str:
    name = module.__name__.rpartition(".")[2] if module is not None else ""
    if name in _NAMELESS:
        return "API"
    words = name.strip("_").replace("_", " ")
    return words[:1].upper() + words[1:] or "API"


def _version(module: types.ModuleType | None) -> str:
    version = getattr(module, "__version__", None)
    return version if isinstance(version, str) else ""


def _docstring(module: types.ModuleType | None) -> str:
    text = getattr(module, "__doc__", None)
    return inspect.cleandoc(text) if isinstance(text, str) else ""


def _server(server: str | Mapping[str, Any]) -> Server:
    if isinstance(server, str):
        return Server(url=server)
    variables = {
        name: ServerVariable(**{**variable, "enum": tuple(variable.get("enum", ()))})
        for name, variable in server.get("variables", {}).items()
    }
    return Server(url=server["url"], description=server.get("description", ""), variables=variables)


def _tag(tag: Mapping[str, Any]) -> Tag:
    docs = tag.get("external_docs") or tag.get("externalDocs") or {}
    return Tag(name=tag["name"], description=tag.get("description", ""), external_docs=dict(docs))


def _security(requirement: str | Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    if isinstance(requirement, str):
        return {requirement: []}
    return {name: list(scopes) for name, scopes in requirement.items()}


def _license(given: str | Mapping[str, str]) -> License:
    return License(name=given) if isinstance(given, str) else License(**given)


def _first_line(error: Exception) -> str:
    return f"{error}".strip().split("\n")[0]
