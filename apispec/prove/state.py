"""Calls against an API that remembers: in which order they come, and which values later ones take from earlier answers.

What makes something comes first, what takes it away last. An operation that made an id (`POST /pets`) feeds those that
need it (`/pets/{petId}`), by OpenAPI's links where a document has them, else by its path.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from apispec.examples import is_valid
from apispec.model import Endpoint, HttpCall, Json, Parameter, Schema
from apispec.prove.cases import Case
from apispec.requests import WHOLE_QUERY, argument_names, body_name
from apispec.workflows import UNKNOWN, Exchange, ExpressionError, Scope, embedded, evaluated, filled

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""

_RANK = {"POST": 0, "PUT": 2, "PATCH": 2, "DELETE": 3}
_NAME = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(
    r"(?:^|[_-])(?:id|uuid|key|name|slug|number|code)$|[a-z](?:Id|ID|Uuid|Key|Name|Slug|Number|Code)$|^id$"
)
_REFERENCE = re.compile(r"([^#]*)#/paths/([^/]+)/(?:additionalOperations/)?([^/]+)")
_LOCATED = re.compile(r"(path|query|querystring|header|cookie)\.(.+)")


def method_of(case: Case) -> str:
    """The HTTP method of a case; `POST` for calls over Gradio's queue."""
    return case.endpoint.call.method if isinstance(case.endpoint.call, HttpCall) else "POST"


def in_order(cases: Sequence[tuple[int, Case]]) -> list[tuple[int, Case]]:
    """Numbered cases: what makes something before what needs it, what takes it away at the end, the deepest first."""

    def rank(numbered: tuple[int, Case]) -> tuple[int, int]:
        case = numbered[1]
        if not isinstance(case.endpoint.call, HttpCall):
            return 0, 0
        depth = len(_NAME.findall(case.endpoint.call.path))
        method = case.endpoint.call.method
        return _RANK.get(method, 1), -depth if method == "DELETE" else depth

    return sorted(cases, key=rank)


class Learned:
    """What the answers of one run told. One run is one language over one protocol, since each makes and deletes."""

    def __init__(self) -> None:
        self._made: dict[str, Json] = {}
        """Path without its parameters' names → the answer of what made something there."""
        self._linked: dict[tuple[str, str, str], Json] = {}
        """Endpoint (or `METHOD path`), place (empty = any) and parameter → value, by a link."""
        self._bodies: dict[str, Json] = {}
        """Endpoint (or `METHOD path`) → what it is sent, by a link."""
        self._used: dict[tuple[str, str], Json] = {}
        """Path up to a variable, and the variable → the value with which a workflow's step went well."""
        self._named: dict[str, Json] = {}
        """What workflows give, by name."""
        self._gone: set[str] = set()
        """Paths, as of `_made`, whose thing was taken away again."""
        self.credentials: dict[str, str] = {}
        """By environment variable: what workflows sent."""

    def wants(self, case: Case) -> bool:
        """Whether a call's answer may be of use."""
        return method_of(case) in ("POST", "PUT") or bool(_links(case, None))

    def learn(self, case: Case, exchange: Exchange) -> None:
        """Keep what later calls may need of a call that went well."""
        call, answer = case.endpoint.call, exchange.body
        if not isinstance(call, HttpCall):
            return
        if call.method in ("POST", "PUT") and isinstance(answer, (dict, str, int)) and not isinstance(answer, bool):
            self._made[_plain(call.path)] = answer
            self._gone.discard(_plain(call.path))
        for link in _links(case, exchange.status):
            target = _target(link, case) if isinstance(link, dict) else None
            if target is None:
                continue
            given = link.get("parameters")
            for name, value in given.items() if isinstance(given, dict) else ():
                if (known := _of_link(value, exchange)) is not UNKNOWN:
                    located = _LOCATED.fullmatch(str(name))
                    self._linked[target, located[1] if located else "", located[2] if located else str(name)] = known
            if "requestBody" in link and (known := _of_link(link["requestBody"], exchange)) is not UNKNOWN:
                self._bodies[target] = known

    def used(self, case: Case, exchange: Exchange) -> None:
        """Keep what a workflow's step tells beyond its answer: the values that it was called with, and credentials."""
        self.learn(case, exchange)
        self.credentials.update(case.environment)
        call = case.endpoint.call
        assert isinstance(call, HttpCall)
        if call.method == "DELETE":
            self._forget(call.path, exchange)
            return
        for name, value in exchange.sent.get("path", {}).items():
            self._used[_plain(call.path.partition(f"{{{name}}}")[0]), name] = value

    def _forget(self, path: str, exchange: Exchange) -> None:
        """What was taken away feeds nothing more."""
        before, _, _ = path.rpartition("{")
        self._gone.add(_plain(before))
        self._made.pop(_plain(before), None)
        lost = list(exchange.sent.get("path", {}).values())[-1:]
        self._used = {key: value for key, value in self._used.items() if value not in lost}
        self._named = {key: value for key, value in self._named.items() if value not in lost}

    def named(self, values: Mapping[str, Json]) -> None:
        """Keep what a workflow gives: for parameters of paths that are called the same and have nothing else."""
        self._named.update(
            {_squeezed(key): value for key, value in values.items() if _is_plain(value) and len(key) > 2}
        )

    def is_gone(self, case: Case) -> bool:
        """Whether what this call makes was taken away again, so that it is to be made anew."""
        call = case.endpoint.call
        return isinstance(call, HttpCall) and call.method == "POST" and _plain(call.path) in self._gone

    def fed(self, case: Case) -> Case:
        """The case with the values that earlier answers have for it; itself where they have none."""
        call = case.endpoint.call
        if not isinstance(call, HttpCall):
            return case
        if self.credentials:
            own = {name: text for name, text in self.credentials.items() if not os.environ.get(name)}
            case = replace(case, environment={**own, **case.environment})
        new = dict(self._values(case, call))
        changed = {name: value for name, value in new.items() if case.arguments.get(name) != value}
        return replace(case, arguments={**case.arguments, **changed}, fed=True) if changed else case

    def _values(self, case: Case, call: HttpCall) -> Iterator[tuple[str, Json]]:
        names = [case.endpoint.name, call.operation_id, f"{call.method} {call.path}"]
        for argument, parameter in argument_names(case.endpoint).items():
            place = "querystring" if parameter.style == WHOLE_QUERY else parameter.location
            keys = [(name, at, parameter.name) for name in names for at in (place, "")]
            linked = next((self._linked[key] for key in keys if key in self._linked), UNKNOWN)
            if linked is not UNKNOWN:
                yield argument, linked
            elif parameter.location == "path":
                before, mark, _ = call.path.partition(f"{{{parameter.name}}}")
                made = self._made.get(_plain(before.rstrip("/"))) if mark else None
                value = _identity(made, parameter, before)
                if value is None:
                    value = self._used.get((_plain(before), parameter.name), self._named.get(_squeezed(parameter.name)))
                fitting = _fitting(value, parameter, case.api.schemas)
                if fitting is not None:
                    yield argument, fitting
        body = next((self._bodies[name] for name in names if name in self._bodies), UNKNOWN)
        if body is not UNKNOWN:
            yield from arguments_of_body(case.endpoint, body)


def arguments_of_body(endpoint: Endpoint, body: Json) -> Iterator[tuple[str, Json]]:
    """A body as an endpoint's arguments; nothing where it takes none of that kind."""
    if endpoint.request_body is not None:
        yield body_name(endpoint), body
    elif isinstance(body, dict):
        for argument, parameter in argument_names(endpoint).items():
            if parameter.location in ("body", "form") and parameter.name in body:
                yield argument, body[parameter.name]


def exchange_of(case: Case, answer: Json, line: Mapping[str, Any] | None = None) -> Exchange:
    """A call and its answer, for expressions.

    Args:
        case: What was called, with its arguments: they keep their types.
        answer: What it was answered; `UNKNOWN` where that is not known.
        line: What was written down of it, where it was.
    """
    call = case.endpoint.call
    if not isinstance(call, HttpCall):
        return Exchange(body=answer)
    sent: dict[str, dict[str, Json]] = {"path": {}, "query": {}, "header": {}}
    fields: dict[str, Json] = {}
    for argument, parameter in argument_names(case.endpoint).items():
        if argument not in case.arguments:
            continue
        value = case.arguments[argument]
        if parameter.location in ("body", "form"):
            fields[parameter.name] = value
        elif parameter.location in sent:
            name = parameter.name.lower() if parameter.location == "header" else parameter.name
            sent[parameter.location][name] = value
    body = case.arguments.get(body_name(case.endpoint), UNKNOWN) if case.endpoint.request_body is not None else UNKNOWN
    known = line or {}
    sent["header"] = {**known.get("headers", {}), **sent["header"]}
    query = f"?{known['query']}" if known.get("query") else ""
    return Exchange(
        url=known["path"] + query if known else call.path,
        method=call.method,
        status=known.get("status"),
        sent=sent,
        sent_body=fields or body,
        headers=known.get("told", {}),
        body=answer,
    )


def answer_of(line: Mapping[str, Any]) -> Json:
    """The body of an answer that was written down: JSON where it is, else the text; `UNKNOWN` where there is none."""
    data = base64.b64decode(line.get("answer", ""))
    if not data:
        return UNKNOWN
    try:
        return json.loads(data)
    except ValueError:
        return data.decode("utf-8", "replace")


def _links(case: Case, status: int | None) -> list[Any]:
    """The links of the answer that came; of every one where that is not known."""
    result = case.endpoint.result
    found = [(one.status, one.links) for one in case.endpoint.responses]
    if result is not None:
        found.insert(0, (result.status, result.links))
    if status is None:
        return [link for _, links in found for link in links.values()]
    exact = [links for said, links in found if said == str(status)]
    of_kind = [links for said, links in found if said.upper() == f"{status // 100}XX"]
    chosen = exact or of_kind or [links for said, links in found if said.lower() == "default"]
    return [link for links in chosen for link in links.values()]


def _of_link(value: Any, exchange: Exchange) -> Json:
    """What a link gives: a constant, or what its expressions stand for. One that cannot be known gives nothing."""
    try:
        found = filled(value, Scope(exchange=exchange))
        if isinstance(value, str) and any(
            evaluated(one, Scope(exchange=exchange)) is UNKNOWN for one in embedded(value)
        ):
            return UNKNOWN
    except ExpressionError:
        return UNKNOWN
    return UNKNOWN if found is None and value is not None else found


def _target(link: Mapping[str, Any], case: Case) -> str | None:
    """What a link leads to: an operation's id, or `METHOD path` where it refers to its place in a document.

    A document of several files has its operations by their paths, whichever file they stand in. Other addresses lead to
    other APIs.
    """
    found = _REFERENCE.fullmatch(str(link.get("operationRef", "")))
    if found is None:
        return link["operationId"] if isinstance(link.get("operationId"), str) else None
    own = (case.api.document or {}).get("$self")
    if "://" in found[1] and found[1] != own:
        return None
    path = unquote(found[2]).replace("~1", "/").replace("~0", "~")
    return f"{found[3].upper()} {path}"


def _plain(path: str) -> str:
    return _NAME.sub("{}", path).rstrip("/")


def _identity(made: Json, parameter: Parameter, before: str) -> Json:
    """What an answer says that a thing is called, for a parameter of a path below it."""
    if not isinstance(made, dict):
        return made if isinstance(made, (str, int)) and not isinstance(made, bool) else None
    thing = before.rstrip("/").rpartition("/")[2].rstrip("s").lower()
    wanted = _squeezed(parameter.name)
    by_name: Mapping[str, Json] = {_squeezed(key): value for key, value in made.items()}
    for name in (wanted, wanted.removeprefix(_squeezed(thing)), "id", "uuid"):
        value = by_name.get(name)
        if name and isinstance(value, (str, int)) and not isinstance(value, bool):
            return value
    inner = [value for value in made.values() if isinstance(value, dict)]  # an envelope: {"data": {…}}
    found = [one for one in (_identity(value, parameter, before) for value in inner) if one is not None]
    if found:
        return found[0]
    ids = [v for key, v in made.items() if _ID.search(key) and isinstance(v, (str, int)) and not isinstance(v, bool)]
    return ids[0] if len(ids) == 1 else None


def _fitting(value: Json, parameter: Parameter, schemas: Mapping[str, Schema]) -> Json:
    """A value as a parameter takes it, in a path where 7 and "7" are the same; None where it takes none of them."""
    ways: list[Json] = [value]
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value):
        ways.append(int(value))
    elif isinstance(value, int):
        ways.append(str(value))
    return next((way for way in ways if way is not None and is_valid(parameter.schema, way, schemas)), None)


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _is_plain(value: Json) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)
