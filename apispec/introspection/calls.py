"""How an endpoint is called: method, path, and where each parameter travels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from apispec.declaring import Registered
from apispec.model import GradioCall, HttpCall, ParameterLocation, Schema
from apispec.schemas import resolve, types, variants

MULTIPART = "multipart/form-data"
JSON = "application/json"
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_IN_QUERY = ("GET", "HEAD", "DELETE")
_UNRESERVED = "-._~!$&'()*+,;=:@"
"""What a path segment may hold as it is, besides letters and digits (RFC 3986, `pchar`)."""
_SCALARS = frozenset({"string", "integer", "number", "boolean"})


def path_variables(path: str) -> list[str]:
    """The variables of a path template, in order."""
    return _VARIABLE.findall(path) if "{" in path else []


def http_call(registered: Registered, has_files: bool) -> HttpCall:
    """The HTTP call of an endpoint."""
    return HttpCall(
        method=registered.method or "POST",
        path=registered.path or "/" + quote(registered.name, safe=_UNRESERVED),
        media_type=MULTIPART if has_files else JSON,
    )


def gradio_call(registered: Registered, has_session: bool) -> GradioCall:
    """The Gradio call of an endpoint."""
    return GradioCall(api_name=registered.name, revision="v2", state=has_session)


def locations(call: HttpCall | GradioCall, files: Mapping[str, bool]) -> dict[str, ParameterLocation]:
    """Where each parameter travels.

    Args:
        call: How the endpoint is called.
        files: Whether each parameter is a file, by name.
    """
    if isinstance(call, GradioCall):
        return {name: "file" if is_file else "body" for name, is_file in files.items()}
    in_path = set(path_variables(call.path))
    rest: ParameterLocation = (
        "query" if call.method in _IN_QUERY else "form" if call.media_type == MULTIPART else "body"
    )
    return {name: "path" if name in in_path else "file" if is_file else rest for name, is_file in files.items()}


def part_media_type(location: ParameterLocation, schema: Schema, schemas: Mapping[str, Schema]) -> str:
    """The media type of a parameter outside a JSON body: JSON for what text can't say; empty for text."""
    if location not in ("form", "query", "path") or is_text(schema, schemas):
        return ""
    if location == "query" and is_text_list(schema, schemas):
        return ""
    return JSON


def is_text(schema: Schema, schemas: Mapping[str, Schema]) -> bool:
    """Whether plain text says a value unmistakably: one scalar type; null is said by leaving it out."""
    return len(_scalars([schema], schemas) - {"null"}) == 1 and "other" not in _scalars([schema], schemas)


def is_text_list(schema: Schema, schemas: Mapping[str, Schema]) -> bool:
    """Whether a value is a list of such texts, or null."""
    branches = [b for b in variants(schema) if types(b) != ("null",)] or [schema]
    shape = resolve(branches[0], schemas)
    if len(branches) != 1 or not isinstance(shape, dict) or types(shape) != ("array",) or "prefixItems" in shape:
        return False
    return is_text(shape.get("items", True), schemas)


def _scalars(branches: Iterable[Schema], schemas: Mapping[str, Schema], depth: int = 0) -> set[str]:
    found: set[str] = set()
    for branch in branches:
        shape = resolve(branch, schemas)
        inner = variants(shape)
        if not isinstance(shape, dict) or depth > 5:
            found.add("other")
        elif inner:
            found |= _scalars(inner, schemas, depth + 1)
        elif types(shape):
            found |= {t if t in _SCALARS or t == "null" else "other" for t in types(shape)}
        elif "const" in shape or "enum" in shape:
            values = [shape["const"]] if "const" in shape else shape["enum"]
            found |= {_type_of(value) for value in values}
        else:
            found.add("other")
    return found


def _type_of(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "number" if isinstance(value, (int, float)) else "other"
