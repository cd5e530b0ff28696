"""With what a function answers, as far as its `return` and `raise` statements say it in so many words."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import Any

JSON, HTML, TEXT, STREAM, FILE = (
    "application/json", "text/html", "text/plain", "text/event-stream", "application/octet-stream",
)  # fmt: skip
_MAKERS = {
    "jsonify": JSON, "json_response": JSON, "JSONResponse": JSON, "JsonResponse": JSON, "UJSONResponse": JSON,
    "ORJSONResponse": JSON, "json": JSON, "Response": "", "HttpResponse": HTML, "HTTPResponse": "", "text": TEXT,
    "PlainTextResponse": TEXT, "html": HTML, "HTMLResponse": HTML, "render_template": HTML, "render": HTML,
    "TemplateResponse": HTML, "render_template_string": HTML, "send_file": FILE, "FileResponse": FILE,
    "send_from_directory": FILE, "StreamingHttpResponse": FILE, "StreamingResponse": "", "make_response": "",
    "EventSourceResponse": STREAM, "empty": "", "dict": JSON, "asdict": JSON, "model_dump": JSON,
    "StreamResponse": "", "ResponseStream": "", "file": FILE, "content": "", "pretty_json": JSON,
}  # fmt: skip
"""Name of what makes an answer → its media type; empty where its arguments say it."""
_EMPTY = {"empty": 204}
_REDIRECTS = {
    "redirect": 302,
    "RedirectResponse": 307,
    "HttpResponseRedirect": 302,
    "HttpResponsePermanentRedirect": 301,
}
_FOUND_OR_404 = {"get_or_404", "first_or_404", "one_or_404", "get_object_or_404", "get_list_or_404"}
_CODES = {"status", "status_code"}
_MEDIA = {"mimetype", "media_type", "content_type"}
_KINDS = {bool: "boolean", int: "integer", float: "number", str: "string"}
_NAMED = re.compile(r"^HTTP_?(?P<code>[1-5]\d\d)(?:_|$)")
_ERRORS = {
    "BadRequest": 400, "Unauthorized": 401, "Forbidden": 403, "NotFound": 404, "MethodNotAllowed": 405,
    "Conflict": 409, "Gone": 410, "UnprocessableEntity": 422, "TooManyRequests": 429, "InternalServerError": 500,
    "ServiceUnavailable": 503, "Http404": 404, "PermissionDenied": 403, "ParseError": 400, "SanicNotFound": 404,
}  # fmt: skip


@dataclass
class Answer:
    """Answers of one status: what media types they have, and the properties of objects, by name."""

    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    methods: frozenset[str] = frozenset()


@dataclass
class Answers:
    """What a function answers with, by status; 0 stands for the usual one (200)."""

    known: dict[int, Answer] = field(default_factory=dict)
    assigned: set[int] = field(default_factory=set)
    """Statuses that an object of the answer is given, whose body is given on its own (`resp.status`, `resp.media`)."""

    def of(self, method: str) -> dict[int, Answer]:
        """Those of one method."""
        found = {s: a for s, a in self.known.items() if method in a.methods}
        good = [s for s in found if s in self.assigned and 200 <= s < 300]
        if len(good) == 1 and 0 in found and not found[good[0]].media:
            found[good[0]] = found.pop(0)
        return found

    def statement(self, node: ast.stmt, methods: frozenset[str], *, only_failures: bool) -> None:
        """Take in one statement.

        Args:
            node: Of the function.
            methods: For which it is reached.
            only_failures: Whether what succeeds is not told.
        """
        for call in (c for c in ast.walk(node) if isinstance(c, ast.Call)):
            name = _name(call.func)
            if name in ("abort", "HTTPException", "HTTPError", "HttpError", "SanicException"):
                status = _status([*call.args[:1], *(k.value for k in call.keywords if k.arg in _CODES)])
                self._tell(status, "", None, methods)
            elif name in _FOUND_OR_404:
                self._tell(404, "", None, methods)
        if isinstance(node, ast.Raise):
            raised = _name(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
            raised = re.sub(r"(?:Error|Exception)$", "", raised.removeprefix("HTTP"))
            self._tell(_ERRORS.get(raised), "", None, methods)
        elif isinstance(node, ast.Return):
            self._returned(node.value, methods, only_failures=only_failures)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            self._assigned(node.targets[0], node.value, methods)

    def _assigned(self, target: ast.Attribute, value: ast.expr, methods: frozenset[str]) -> None:
        """Falcon's and Bottle's `resp.status = …`, `resp.media = …`, `resp.text = …`."""
        if not isinstance(target.value, ast.Name) or target.value.id not in ("resp", "response", "res"):
            return
        if target.attr in ("status", "status_code"):
            self.assigned.add(_status([value]) or 0)
            self._tell(_status([value]), "", None, methods)
        elif target.attr == "media":
            self._tell(0, JSON, _shape(value), methods)
        elif target.attr == "text":
            self._tell(0, TEXT, None, methods)

    def _returned(self, value: ast.expr | None, methods: frozenset[str], *, only_failures: bool) -> None:
        while isinstance(value, ast.Await):
            value = value.value
        if isinstance(value, ast.IfExp):
            self._returned(value.body, methods, only_failures=only_failures)
            self._returned(value.orelse, methods, only_failures=only_failures)
            return
        status: int | None = 0
        if isinstance(value, ast.Tuple) and len(value.elts) in (2, 3):
            told = _status(value.elts[1:2])
            status, value = (told if told is not None else 0), value.elts[0]
            if told is None and isinstance(value, ast.Constant) and isinstance(value.value, int):
                return
        media, shape = "", None
        if isinstance(value, (ast.Dict, ast.List, ast.ListComp, ast.DictComp)):
            media, shape = JSON, _shape(value)
        elif isinstance(value, ast.Call):
            name = _name(value.func)
            if name in _REDIRECTS:
                self._tell(_status([k.value for k in value.keywords if k.arg in (*_CODES, "code")]) or _REDIRECTS[name],
                           "", None, methods)  # fmt: skip
                return
            raised = _ERRORS.get(name.removeprefix("HttpResponse")) if name.startswith("HttpResponse") else None
            if raised is not None:
                self._tell(raised, "", None, methods)
                return
            if name in _MAKERS:
                media = _MAKERS[name]
                said = [k for k in value.keywords if k.arg in _MEDIA]
                if said and isinstance(said[0].value, ast.Constant) and isinstance(said[0].value.value, str):
                    media = said[0].value.value.partition(";")[0].strip()
                codes = [k.value for k in value.keywords if k.arg in _CODES]
                if name in ("json", "text", "html", "jsonify", "Response", "make_response") and len(value.args) > 1:
                    codes += value.args[1:2]
                told = _status(codes)
                status = told if told is not None else _EMPTY.get(name, status or 0)
                if any(k.arg == "text" for k in value.keywords):
                    media = media or TEXT
                inner = (
                    value.args[0] if value.args else next((k.value for k in value.keywords if k.arg == "data"), None)
                )
                if isinstance(inner, (ast.Dict, ast.List)) and not media:
                    media = JSON
                if media == JSON:
                    shape = _shape(inner) if inner is not None else _keywords(value) if name == "jsonify" else None
        if only_failures and (status or 200) < 400:
            return
        self._tell(status, media, shape, methods)

    def _tell(self, status: int | None, media: str, shape: dict[str, Any] | None, methods: frozenset[str]) -> None:
        if status is None:
            return
        status = 0 if status == 200 else status
        known = self.known.setdefault(status, Answer())
        known.methods = known.methods | methods
        if media:
            before = known.media.get(media)
            known.media[media] = shape or {} if before is None else _both(before, shape or {})


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What two answers have in common to say."""
    if one == other:
        return one
    if one.get("type") != "object" or other.get("type") != "object":
        return {}
    properties = dict(one.get("properties", {}))
    for name, schema in other.get("properties", {}).items():
        properties[name] = schema if properties.get(name, schema) == schema else {}
    return {"type": "object", "properties": properties}


def _shape(node: Any) -> dict[str, Any]:
    """A literal as a schema: the names of an object, types where they are written out."""
    if isinstance(node, ast.Dict):
        made: dict[str, Any] = {"type": "object"}
        named = {k.value: node.values[n] for n, k in enumerate(node.keys) if isinstance(k, ast.Constant)}
        properties = {name: _shape(value) for name, value in named.items() if isinstance(name, str)}
        return {**made, "properties": properties} if properties else made
    if isinstance(node, (ast.List, ast.ListComp)):
        return {"type": "array"}
    if isinstance(node, ast.JoinedStr):
        return {"type": "string"}
    if isinstance(node, ast.Constant) and type(node.value) in _KINDS:
        return {"type": _KINDS[type(node.value)]}
    if isinstance(node, ast.Call) and _name(node.func) in ("str", "int", "float", "bool", "len"):
        kinds = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "len": "integer"}
        return {"type": kinds[_name(node.func)]}
    return {}


def _keywords(node: ast.Call) -> dict[str, Any]:
    """The object that keyword arguments make."""
    return {"type": "object", "properties": {k.arg: _shape(k.value) for k in node.keywords if k.arg}}


def _name(node: Any) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _status(nodes: list[Any]) -> int | None:
    """The status that one of some expressions is: `201`, `HTTP_201_CREATED`, `"201 Created"`, `HTTPStatus.CREATED`."""
    from http import HTTPStatus

    for node in nodes:
        if isinstance(node, ast.Constant) and type(node.value) in (int, str):
            found = re.match(r"[1-5]\d\d(?!\d)", str(node.value))
            if found:
                return int(found[0])
        named = _NAMED.match(_name(node))
        if named:
            return int(named["code"])
        if isinstance(node, ast.Attribute) and node.attr in HTTPStatus.__members__:
            return int(HTTPStatus[node.attr])
    return None
