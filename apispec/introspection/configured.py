"""What configuration says about an API, put over what was read from its source."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from apispec.config import Config, toml_name
from apispec.errors import ConfigError
from apispec.model import Api, Contact, License, Server, Tag
from apispec.requests import absolute, is_relative, server_url
from apispec.tools import tooling

_OPENAPI_NAMES = {"externalDocs": "external_docs", "external-docs": "external_docs"}
_HOST = re.compile(r"https?://[^/?#{}]+", re.IGNORECASE)
_SERVER_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|/|\.{1,2}/|\{)\S*", re.IGNORECASE)


def overlay(api: Api, config: Config) -> Api:
    """The Api with title, version, servers and so on from the configuration, where it gives them.

    Raises:
        ConfigError: A table is not what OpenAPI has in its place.
    """
    changes: dict[str, Any] = {}
    for name in ("title", "summary", "description", "terms_of_service"):
        if getattr(config, name):
            changes[name] = getattr(config, name)
    if config.api_version:
        changes["version"] = config.api_version
    if config.servers:
        changes["servers"] = tuple(_on_host(server(s), api) for s in config.servers)
    if config.tags:
        changes["tags"] = tuple(parsed("tags", Tag, t, "name") for t in config.tags)
    if config.contact:
        changes["contact"] = parsed("contact", Contact, config.contact)
    if config.license:
        changes["license"] = parsed("license", License, config.license)
    if config.external_docs:
        changes["external_docs"] = parsed("external_docs", dict[str, str], config.external_docs)
    if config.security_schemes:
        changes["security_schemes"] = parsed("security_schemes", dict[str, dict[str, Any]], config.security_schemes)
    if config.security:
        changes["security"] = tuple({s: []} if isinstance(s, str) else s for s in config.security)
    if config.credentials:
        changes["credential_names"] = _credential_names(config, changes.get("security_schemes", api.security_schemes))
    if config.leave_out_uncallable:
        changes["endpoints"] = tuple(e for e in api.endpoints if e.callable)
    chosen = tooling(config)
    if chosen != api.tooling:
        changes["tooling"] = chosen
    api = replace(api, **changes) if changes else api
    if config.security or api.source == "functions":  # a document is judged by rules
        missing = [name for requirement in api.security for name in requirement if name not in api.security_schemes]
        if missing:
            known = f"there are {', '.join(api.security_schemes)}" if api.security_schemes else "there are none"
            hint = f"{known}; declare it among security_schemes"
            raise ConfigError(f"there is no security scheme {missing[0]!r}", where="security", hint=hint)
    return api


_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _credential_names(config: Config, schemes: Mapping[str, Any]) -> dict[str, str]:
    """The variables that the user gives security schemes.

    Raises:
        ConfigError: There is no such scheme, or it is no name of a variable.
    """
    found: dict[str, str] = {}
    for given in config.credentials:
        scheme, _, variable = given.partition("=")
        if not _VARIABLE.fullmatch(variable):
            hint = "write SCHEME=VARIABLE, as in apiKey=PETSTORE_KEY"
            raise ConfigError(f"this names no variable: {given!r}", where="credentials", hint=hint)
        if scheme not in schemes:
            known = f"there are {', '.join(schemes)}" if schemes else "there are none"
            raise ConfigError(f"there is no security scheme {scheme!r}", where="credentials", hint=known)
        found[scheme] = variable
    return found


def server(value: Any) -> Server:
    """A server from its URL or its table.

    Raises:
        ConfigError: It is neither.
    """
    made: Server = parsed("servers", Server, value, "url")
    if not _SERVER_URL.fullmatch(made.url):
        hint = "write it like https://example.com/v1, or like /v1 where it is on the host of the pages"
        raise ConfigError(f"this is not a server's URL: {made.url!r}", where=toml_name("servers"), hint=hint)
    return made


def _on_host(given: Server, api: Api) -> Server:
    """A server of which only the host is given, with the path that the document's relative server has."""
    path = server_url(api.servers[0]) if api.document is not None and api.servers else ""
    if not _HOST.fullmatch(given.url) or not is_relative(path):
        return given
    return replace(given, url=absolute(path, given.url))


def parsed(name: str, kind: Any, value: Any, only: str = "") -> Any:
    """A table as a model class; a bare text stands for the table's key `only`.

    Raises:
        ConfigError: It has other keys than the class, or other values.
    """
    if isinstance(value, str) and only:
        value = {only: value}
    known = [f.name for f in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []
    if known and isinstance(value, Mapping):
        value = {_OPENAPI_NAMES.get(key, key): inner for key, inner in value.items()}
    unknown = [k for k in value if known and k not in known] if isinstance(value, dict) else []
    if unknown:
        where = f"{toml_name(name)}.{unknown[0]}"
        raise ConfigError("there is no such key", where=where, hint=f"one of {', '.join(known)}")
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join([toml_name(name), *map(str, first["loc"])])
        raise ConfigError(str(first["msg"]), where=place, hint="the reference lists what belongs here") from None
