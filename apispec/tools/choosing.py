"""Which endpoints are tools: what the configuration's selectors mean, and what it says of the tools in general.

A selector is a text or a table of conditions that must all hold. `Tooling` carries them with the Api, so that the
listing, the pages and the servers of every kind of source choose alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from apispec.config import Config
from apispec.errors import ConfigError
from apispec.model import Api, Endpoint, GradioCall, HttpCall, Tooling
from apispec.tools.names import tool_name, without_address
from apispec.tools.told import check_told, extension

_CONDITIONS = ("name", "tag", "path", "method", "deprecated", "read-only")
_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY")
_PREFIX = re.compile(r"(name|operation|tag|path|method)\s*[:=]\s*(.+)", re.DOTALL)
_EXTENSION = re.compile(r"(x-[A-Za-z0-9_.-]+)(?:\s*[:=]\s*(.*))?\Z", re.DOTALL)
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*(.*)\Z", re.DOTALL)
_HINT = (
    "write a name or pattern (list_*), tag:NAME, /a/path/**, GET /a/path, method:GET, deprecated, read-only, x-KEY, "
    'or a table: {tag = "x", method = "GET"}'
)


def tooling(config: Config) -> Tooling:
    """What the configuration says of the tools.

    Raises:
        ConfigError: Something of it means nothing.
    """
    for key in ("include", "exclude", "pin"):
        for given in getattr(config, f"tools_{key}"):
            selector(given, f"tools-{key}")
    check_told(config.tools_operations, config.tools_parameters)
    return Tooling(
        include=config.tools_include,
        exclude=config.tools_exclude,
        read_only=config.tools_read_only,
        dynamic=config.tools_dynamic,
        dynamic_above=config.tools_dynamic_above,
        pin=config.tools_pin,
        operations=config.tools_operations,
        parameters=config.tools_parameters,
        answer_limit=config.tools_answer_limit,
        strict_output=config.tools_strict_output,
        forward_authorization=config.tools_forward_authorization,
        headers=tuple(_headers(config.tools_headers)),
        timeout=config.tools_call_timeout,
    )


@dataclass(frozen=True, slots=True)
class Selector:
    """Conditions that an endpoint meets, or does not."""

    text: str
    """As it was written."""
    conditions: tuple[tuple[str, Any], ...]

    def matches(self, endpoint: Endpoint, api: Api, about: About) -> bool:
        """Whether all conditions hold.

        Args:
            endpoint: Judged by its names, tags, path, method and extensions.
            api: Whose it is.
            about: What its tool is; asked only where a condition needs it.
        """
        return all(_holds(key, value, endpoint, api, about) for key, value in self.conditions)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of endpoints' tools."""

    read_only: Callable[[Endpoint], bool]
    """Whether its tool changes nothing."""
    name: Callable[[Endpoint], str]
    """What its tool is called by the configuration, the document or the listing; empty where none says."""


def _holds(key: str, value: Any, endpoint: Endpoint, api: Api, about: About) -> bool:
    if key == "name":
        return any(_glob(value).fullmatch(name) for name in (*names_of(endpoint), about.name(endpoint)) if name)
    if key == "tag":
        return any(_glob(value.casefold()).fullmatch(tag.casefold()) for tag in endpoint.tags)
    if key == "path":
        return any(_path_glob(value).fullmatch(path) for path in _paths(endpoint))
    if key == "method":
        return bool(method_of(endpoint) == value.upper())
    if key == "deprecated":
        return bool(endpoint.deprecated is value)
    if key == "read-only":
        return about.read_only(endpoint) is value
    given = extension(endpoint, api, key)
    if isinstance(value, bool):
        return (given not in (None, False)) is value if not isinstance(given, bool) else given is value
    return bool(str(given) == str(value))


def selector(given: Any, where: str) -> Selector:
    """A selector from its text or table.

    Raises:
        ConfigError: It is neither, or a condition is unknown.
    """
    if isinstance(given, str) and given.strip():
        return _from_text(given.strip())
    if isinstance(given, Mapping) and given:
        conditions = []
        for key, value in given.items():
            name = {"operation": "name", "internal": "x-internal", "read_only": "read-only"}.get(str(key), str(key))
            is_flag = name in ("deprecated", "read-only")
            if not (name in _CONDITIONS or name.startswith("x-")):
                raise ConfigError(f"there is no condition {key!r}", where=where, hint=_HINT)
            if not (isinstance(value, bool) if is_flag or (name.startswith("x-") and isinstance(value, bool))
                    else isinstance(value, str) and value):  # fmt: skip
                what = "true or false" if is_flag else "a text"
                raise ConfigError(f"{key} must be {what}, not {value!r}", where=where, hint=_HINT)
            conditions.append((name, value))
        return Selector(", ".join(f"{k} = {v}" for k, v in given.items()), tuple(conditions))
    raise ConfigError(f"{given!r} selects nothing", where=where, hint=_HINT)


def names_of(endpoint: Endpoint) -> tuple[str, ...]:
    """What an endpoint may be called where it is meant: its own name, that which its tool has, its method and path."""
    own = [endpoint.name, short_name(endpoint)]
    if isinstance(endpoint.call, HttpCall):
        own.append(endpoint.call.operation_id)
    listed = [tool_name(name) for name in own if name and name.isascii()]
    found = [*own, f"{method_of(endpoint)} {_paths(endpoint)[0]}", *listed]
    return tuple(dict.fromkeys(name for name in found if name))


def short_name(endpoint: Endpoint) -> str:
    """Its name without what FastAPI puts behind the function's."""
    call = endpoint.call
    return without_address(endpoint.name, call.method, call.path) if isinstance(call, HttpCall) else endpoint.name


def method_of(endpoint: Endpoint) -> str:
    """The HTTP method of its call."""
    return endpoint.call.method.upper() if isinstance(endpoint.call, HttpCall) else "POST"


def chosen(api: Api, about: About) -> tuple[list[Endpoint], list[str]]:
    """The public endpoints that are to be tools, in order, and the texts of selectors that met none.

    Args:
        api: With its `tooling`.
        about: What its tools are.
    """
    given = api.tooling
    every = api.public_endpoints
    if not (given.include or given.exclude or given.read_only):
        return list(every), []
    include, exclude = (tuple(selector(s, "") for s in some) for some in (given.include, given.exclude))
    met: dict[Selector, None] = {}

    def any_of(some: Iterable[Selector], endpoint: Endpoint) -> bool:
        holding = [s for s in some if s.matches(endpoint, api, about)]
        met.update(dict.fromkeys(holding))
        return bool(holding)

    found = [e for e in every if (not include or any_of(include, e)) and not any_of(exclude, e)]
    # an exclusion may hold only for what is not included anyway, which is no mistake
    for one in exclude:
        if one not in met and any(one.matches(e, api, about) for e in every):
            met[one] = None
    unmet = [s.text for s in (*include, *exclude) if s not in met]
    return [e for e in found if not given.read_only or about.read_only(e)], unmet


def pinned(api: Api, endpoints: Iterable[Endpoint], about: About) -> set[str]:
    """The names of the endpoints that a dynamic server lists one by one."""
    pins = [selector(s, "") for s in api.tooling.pin]
    return {e.name for e in endpoints for pin in pins if pin.matches(e, api, about)}


def _from_text(text: str) -> Selector:
    if text in ("deprecated", "read-only"):
        return Selector(text, ((text, True),))
    extension = _EXTENSION.match(text)
    if extension:
        return Selector(text, ((extension[1], True if extension[2] is None else extension[2]),))
    prefixed = _PREFIX.match(text)
    if prefixed:
        return Selector(text, (({"operation": "name"}.get(prefixed[1], prefixed[1]), prefixed[2].strip()),))
    method, _, path = text.partition(" ")
    if method.upper() in _METHODS and path.strip().startswith("/"):
        return Selector(text, (("method", method), ("path", path.strip())))
    return Selector(text, (("path" if text.startswith("/") else "name", text),))


def _paths(endpoint: Endpoint) -> tuple[str, ...]:
    call = endpoint.call
    return (call.path, f"/{call.api_name}") if isinstance(call, GradioCall) else (call.path,)


@lru_cache(maxsize=512)
def _glob(pattern: str) -> re.Pattern[str]:
    """`*` is any text, `?` any character."""
    words = {"*": ".*", "?": "."}
    return re.compile("".join(words.get(c) or re.escape(c) for c in pattern), re.DOTALL)


@lru_cache(maxsize=512)
def _path_glob(pattern: str) -> re.Pattern[str]:
    """`*` is any text within a segment, `**` within several (`/a/**` is `/a` as well), `{x}` a variable of any name."""
    out = ""
    for part in re.split(r"(/\*\*\Z|\*\*|\*|\?|\{[^{}]*\})", pattern):
        if part == "/**":
            out += r"(?:/.*)?"
        elif part == "**":
            out += ".*"
        elif part == "*":
            out += "[^/]*"
        elif part == "?":
            out += "[^/]"
        elif part.startswith("{"):
            out += r"\{[^{}]*\}"
        else:
            out += re.escape(part)
    return re.compile(out, re.DOTALL)


def _headers(given: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for one in given:
        pairs = one.items() if isinstance(one, Mapping) else [one]
        for pair in pairs:
            text = f"{pair[0]}: {pair[1]}" if isinstance(pair, tuple) else str(pair)
            found = _HEADER.match(text)
            if found is None or not found[2].strip().isprintable() or "\n" in text:
                raise ConfigError(f"{text!r} is no header", where="header", hint='write it like "X-Tenant: acme"')
            yield found[1], found[2].strip()
