"""Calls against an API that remembers: in which order they come, and which values later ones take from earlier answers.

What makes something comes first, what takes it away last. An operation that made an id (`POST /pets`) feeds those that
need it (`/pets/{petId}`), by OpenAPI's links where a document has them, else by its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from apispec.model import HttpCall, Json, Parameter
from apispec.prove.cases import Case
from apispec.requests import argument_names

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""

_RANK = {"POST": 0, "PUT": 2, "PATCH": 2, "DELETE": 3}
_NAME = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(
    r"(?:^|[_-])(?:id|uuid|key|name|slug|number|code)$|[a-z](?:Id|ID|Uuid|Key|Name|Slug|Number|Code)$|^id$"
)
_REFERENCE = re.compile(r"#/paths/([^/]+)/(\w+)")
_BODY = re.compile(r"\$response\.body#(/.*)")


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
        self._linked: dict[tuple[str, str], Json] = {}
        """Endpoint (or `METHOD path`) and parameter → value, by a link."""

    def wants(self, case: Case) -> bool:
        """Whether a call's answer may be of use."""
        result = case.endpoint.result
        return method_of(case) in ("POST", "PUT") or bool(result is not None and result.links)

    def learn(self, case: Case, answer: Json) -> None:
        """Keep what later calls may need of the answer of a call that went well."""
        call, result = case.endpoint.call, case.endpoint.result
        if not isinstance(call, HttpCall):
            return
        if call.method in ("POST", "PUT") and isinstance(answer, (dict, str, int)) and not isinstance(answer, bool):
            self._made[_plain(call.path)] = answer
        links = result.links if result is not None else {}
        for link in links.values():
            target = _target(link) if isinstance(link, dict) else None
            given = link.get("parameters") if isinstance(link, dict) else None
            for name, expression in given.items() if isinstance(given, dict) and isinstance(target, str) else ():
                found = _BODY.fullmatch(expression) if isinstance(expression, str) else None
                if found is not None and (value := _at(answer, found[1])) is not None:
                    self._linked[str(target), str(name).rpartition(".")[2]] = value

    def fed(self, case: Case) -> Case:
        """The case with the values that earlier answers have for it; itself where they have none."""
        call = case.endpoint.call
        if not isinstance(call, HttpCall):
            return case
        new = dict(self._values(case, call))
        changed = {name: value for name, value in new.items() if case.arguments.get(name) != value}
        return replace(case, arguments={**case.arguments, **changed}, fed=True) if changed else case

    def _values(self, case: Case, call: HttpCall) -> Iterator[tuple[str, Json]]:
        for argument, parameter in argument_names(case.endpoint).items():
            by_name = self._linked.get((case.endpoint.name, parameter.name))
            by_place = self._linked.get((f"{call.method} {call.path}", parameter.name))
            linked = by_name if by_name is not None else by_place
            if linked is not None:
                yield argument, linked
            elif parameter.location == "path":
                before, mark, _ = call.path.partition(f"{{{parameter.name}}}")
                made = self._made.get(_plain(before.rstrip("/"))) if mark else None
                value = _identity(made, parameter, before)
                if value is not None:
                    yield argument, value


def _target(link: Mapping[str, Any]) -> str | None:
    """What a link leads to: an operation's id, or `METHOD path` where it refers to its place in the document."""
    found = _REFERENCE.fullmatch(str(link.get("operationRef", "")))
    if found is None:
        return link["operationId"] if isinstance(link.get("operationId"), str) else None
    path = unquote(found[1]).replace("~1", "/").replace("~0", "~")
    return f"{found[2].upper()} {path}"


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


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _at(value: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")  # noqa: PLW2901
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value if isinstance(value, (str, int, float, bool)) else None
