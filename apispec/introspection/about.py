"""What is said about the whole API: by the options, the `App`, and the module."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Any

from apispec.declaring import App, asking
from apispec.errors import ConfigError, EndpointError
from apispec.introspection import projects
from apispec.introspection.configured import parsed, server
from apispec.introspection.options import Options
from apispec.introspection.texts import value_text
from apispec.model import Api, Contact, Endpoint, License, Schema, SecurityRequirement, Tag

_NAMELESS = ("", "__main__", "app", "main", "api")
"""Module names that say nothing about the API."""

_HEADLINE = 60
"""The longest first line, in characters, that reads as a title."""

_MARKUP = frozenset("`*[]<>{}|\\")
"""What a title, which is plain text, does not hold."""


def api_of(
    app: App | None,
    module: types.ModuleType | None,
    endpoints: tuple[Endpoint, ...],
    schemas: dict[str, Schema],
    options: Options,
) -> Api:
    """The Api: options win over the App, the App over the module.

    Raises:
        EndpointError: The App was given something that is no server, tag, licence, … .
    """
    said = app or App()
    words = _docstring(module)
    title = options.title or said.title or _title(module)
    if not title:
        title, words = _headline(words)
    for name in ("title", "version", "summary", "description", "terms_of_service"):
        text = getattr(said, name)
        if not (text is None or isinstance(text, str)):
            raise EndpointError(f"the App's {name} is not a text: {value_text(text)}", hint="write it in quotes")
    try:
        return Api(
            title=title,
            version=options.version or said.version or _version(module) or "0.1.0",
            summary=options.summary or said.summary or "",
            description=options.description or said.description or words,
            servers=tuple(map(server, said.servers)),
            tags=tuple(parsed("tags", Tag, tag, "name") for tag in said.tags),
            endpoints=endpoints,
            schemas=schemas,
            security_schemes=parsed("security_schemes", dict[str, dict[str, Any]], said.security_schemes),
            security=tuple(parsed("security", SecurityRequirement, _requirement(one)) for one in said.security),
            contact=parsed("contact", Contact, said.contact) if said.contact else None,
            license=parsed("license", License, said.license, "name") if said.license else None,
            terms_of_service=said.terms_of_service or "",
            external_docs=parsed("external_docs", dict[str, str], said.external_docs or {}),
        )
    except ConfigError as error:
        raise EndpointError(f"the App's {error.where}: {error.message}", hint=error.hint) from None


def _requirement(given: str | Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    return {given: []} if isinstance(given, str) else given


def _title(module: types.ModuleType | None) -> str:
    name = module.__name__.rpartition(".")[2] if module is not None else ""
    words = "" if name in _NAMELESS else name.strip("_").replace("_", " ")
    return words[:1].upper() + words[1:]


def _headline(text: str) -> tuple[str, str]:
    """A title for a module whose name says nothing, and the description: the docstring's first line, where it is short
    and stands alone (PEP 257), and what follows it.
    """
    first, _, rest = text.partition("\n")
    title = first.strip().rstrip(".").strip()
    if (
        not title
        or len(title) > _HEADLINE
        or (rest and rest[0] != "\n")
        or not title[0].isalnum()
        or set(title) & _MARKUP
    ):
        return "API", text
    return title, rest.strip() or text


def _version(module: types.ModuleType | None) -> str:
    """That of the module, of its package, of the project that it lies in, or of what is installed under its name."""
    if module is None:
        return ""
    top = module.__name__.partition(".")[0]
    for named in (module, sys.modules.get(top)):
        version = asking.attribute(named, "__version__")
        if isinstance(version, str):
            return version
    file = vars(module).get("__file__") or asking.attribute(vars(module).get("__spec__"), "origin")
    project = projects.around(file) if isinstance(file, str) else None
    if project is not None:
        return project.version
    return projects.installed(top) if top not in sys.stdlib_module_names else ""


def _docstring(module: types.ModuleType | None) -> str:
    text = getattr(module, "__doc__", None)
    return inspect.cleandoc(text) if isinstance(text, str) else ""
