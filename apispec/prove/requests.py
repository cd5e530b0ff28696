"""Judging the request that reached an app against the one that was meant, and the answer against its documentation.

What is wrong comes back as one sentence; an empty one means that nothing is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from apispec.literals import Env, EnvText, LocalFile
from apispec.model import GradioCall
from apispec.prove.cases import Case
from apispec.prove.checking import check_answer, same, shortened
from apispec.requests import GRADIO_LOGIN, FilePart, Request, is_json, request, variables
from apispec.urls import split_url

Recorded = Sequence[Mapping[str, Any]]
"""Lines of `recording.Recorded`."""


def check_request(case: Case, recorded: Recorded, base_path: str = "", *, answered: bool = True) -> str:
    """The request that arrived: once, as it was meant, and answered as documented.

    Args:
        case: What was run, or the tool that was called.
        recorded: What arrived under its name; for tools everything that any tool sent.
        base_path: Begins every path.
        answered: Whether the answer is judged, too.
    """
    meant = request(case.endpoint, case.arguments, case.api, "http://127.0.0.1" + base_path)
    if case.protocol == "mcp":
        meant = replace(meant, url="http://127.0.0.1" + split_url(meant.url).path[len(base_path) :])
        recorded = [line for line in recorded if line["method"] == meant.method and not _path(meant, line)]
        known = {**os.environ, **case.environment}
        exact = [line for line in recorded if not _differs(meant, line, known)]
        recorded = exact or recorded[-1:]  # operations that a query or header tells apart have one path
    if not recorded:
        return "no request arrived"
    if len(recorded) > 1:
        return f"{len(recorded)} requests arrived instead of one"
    line = recorded[0]
    if line["method"] != meant.method:
        return f"it came with {line['method']} instead of {meant.method}"
    known = {**os.environ, **case.environment}
    return _differs(meant, line, known) or (check_answered(case, line) if answered else "")


def _differs(meant: Request, line: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """How a request that arrived differs from the one that was meant."""
    return _path(meant, line) or _query(meant, line, known) or _headers(meant, line, known) or _body(meant, line)


def needed_variables(cases: Sequence[Case]) -> list[str]:
    """The environment variables that hold the credentials."""
    found: dict[str, None] = {}
    for case in cases:
        if case.endpoint.protocol == "http":
            found.update(dict.fromkeys(variables(request(case.endpoint, case.arguments, case.api))))
        elif isinstance(case.endpoint.call, GradioCall) and case.endpoint.call.login:
            found.update(dict.fromkeys(env.name for env in GRADIO_LOGIN))
    return list(found)


def _path(meant: Request, line: Mapping[str, Any]) -> str:
    intended = split_url(meant.url).path or "/"
    return "" if _encoded(line["path"]) == _encoded(intended) else f"it came to {line['path']} instead of {intended}"


def _encoded(path: str) -> str:
    """A path in one way of encoding; an encoded slash is part of a value."""
    return "/".join(quote(unquote(part), safe="") for part in path.split("/"))


def _query(meant: Request, line: Mapping[str, Any], known: Mapping[str, str]) -> str:
    intended = [(unquote(n), unquote(v)) if n else (unquote(v), "") for n, v in meant.query]
    intended += [(name, _text(value, known)) for name, value in meant.secret_query.items()]
    arrived = parse_qsl(line["query"], keep_blank_values=True)
    if sorted(arrived) == sorted(intended):
        return ""
    there, wanted = (_hidden(text, meant, known) for text in (line["query"], repr(intended)))
    return f"the query arrived as {there} instead of {wanted}"


def _headers(meant: Request, line: Mapping[str, Any], known: Mapping[str, str]) -> str:
    intended = {name: _text(value, known) for name, value in meant.headers.items()}
    if meant.basic is not None:
        pair = ":".join(known.get(env.name, "") for env in meant.basic)
        intended["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    for name, value in intended.items():
        if line["headers"].get(name.lower()) != value.strip(" \t"):  # which is no part of it (RFC 9110, 5.5)
            return f"the header {name} did not arrive as it was meant"
    cookies = dict(pair.partition("=")[::2] for pair in line["headers"].get("cookie", "").split("; ") if pair)
    for name, text in meant.cookies:
        if cookies.get(name) != _text(text, known):
            return f"the cookie {name} did not arrive as it was meant"
    arrived = line["headers"].get("content-type", "").partition(";")[0].lower()
    wanted = meant.media_type.partition(";")[0].lower()
    return f"the body came as {arrived or 'nothing'} instead of {wanted}" if wanted and arrived != wanted else ""


def _body(meant: Request, line: Mapping[str, Any]) -> str:
    kind = meant.body_kind
    if kind in ("form", "multipart") or meant.form:
        intended: list[Any] = [[name, text] for name, text in meant.form] + [
            [p.name, {"sha256": hashlib.sha256(p.data).hexdigest()} if p.file.filename else p.data.decode()]
            for p in meant.files
        ]
        if _sorted(line.get("parts", ())) == _sorted(intended):
            return ""
        return f"the form arrived as {shortened(line.get('parts'))} instead of {shortened(intended)}"
    body = base64.b64decode(line.get("body", ""))
    if kind == "json":
        try:
            arrived = json.loads(body)
        except ValueError:
            return "the body that arrived is no JSON"
        if same(arrived, meant.json):
            return ""
        return f"the body arrived as {shortened(arrived)} instead of {shortened(meant.json)}"
    content = FilePart("", meant.content).data if isinstance(meant.content, LocalFile) else meant.content.encode()
    return "" if body == content else f"the body arrived with {len(body)} bytes instead of {len(content)}, or others"


def _sorted(parts: Sequence[Any]) -> list[Any]:
    return sorted(parts, key=repr)


def check_answered(case: Case, line: Mapping[str, Any]) -> str:
    """Status, media type and, for JSON, the schema of the answer."""
    if "status" not in line:
        return "was not answered"
    status, endpoint = str(line["status"]), case.endpoint
    result = endpoint.result
    if result is None or not _is(status, result.status):
        documented = [result.status if result is not None else "", *(r.status for r in endpoint.responses)]
        if line["status"] >= 400:
            return f"was answered with status {status}"
        told = any(_is(status, d) for d in documented) or all(d[:1] in ("4", "5", "") for d in documented)
        return "" if told else f"was answered with {status}, which is not documented"
    kinds = [kind for kind in (result.media_type, *(m.type for m in result.other_content)) if kind]
    arrived = line.get("type", "").partition(";")[0].strip().lower()
    if kinds and arrived and not any(_covers(kind, arrived) for kind in kinds):
        return f"was answered with {arrived} instead of {' or '.join(kinds)}"
    if not is_json(arrived) or not _covers(result.media_type, arrived) or result.streaming or result.is_file:
        return ""
    try:
        value = json.loads(base64.b64decode(line["answer"]))
    except ValueError:
        return "the answer is no JSON"
    return check_answer(endpoint, case.api, value)


def _is(status: str, documented: str) -> bool:
    documented = documented.upper()
    return documented in (status, "DEFAULT") or (documented.endswith("XX") and documented[0] == status[0])


def _covers(documented: str, arrived: str) -> bool:
    """Whether a documented media type, maybe a range, is that of an answer."""
    documented = documented.partition(";")[0].strip().lower()
    kind, _, rest = documented.partition("/")
    return documented in ("*/*", arrived) or (rest == "*" and arrived.startswith(kind + "/"))


def _text(value: str | EnvText, known: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    return "".join(known.get(part.name, "") if isinstance(part, Env) else part for part in value.parts)


def _hidden(text: str, meant: Request, known: Mapping[str, str]) -> str:
    """A text without the credentials of the request."""
    for value in meant.secret_query.values():
        secret = _text(value, known)
        if secret:
            text = text.replace(quote(secret), "…").replace(secret, "…")
    return text
