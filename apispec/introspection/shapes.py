"""What is open in a schema because no schema could be made, and the findings that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from apispec.findings import Location, Severity
from apispec.introspection.components import INPUT_SUFFIX
from apispec.introspection.placeholders import PYTHON_TYPE, is_known_placeholder
from apispec.introspection.reports import Reports
from apispec.introspection.schemas import Described, SchemaBatch
from apispec.introspection.scopes import scope_of_class
from apispec.introspection.texts import type_text
from apispec.model import Schema
from apispec.schemas import resolve, types, variants

_ADVICE = "use a type that pydantic can describe, or give the class __get_pydantic_core_schema__"
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*(?:\[.*\])?", re.DOTALL)


def open_types(schema: Schema) -> list[str]:
    """What Python calls the parts of a schema that are open; references are not followed."""
    found: list[str] = []
    stack: list[object] = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            name = part.get(PYTHON_TYPE)
            if isinstance(name, str) and name not in found:
                found.append(name)
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return found


def unsendable(described: Described) -> str:
    """What Python calls a type of which no JSON is a value, empty where some is: a function, an open session.

    A name that was not found is none: what it would have meant, nobody knows.
    """
    parts = [part for part in variants(described.schema) or [described.schema] if part != {"type": "null"}]
    names = [
        str(part[PYTHON_TYPE])
        for part in parts
        if isinstance(part, dict) and PYTHON_TYPE in part and part.keys() <= {PYTHON_TYPE, "title", "description"}
    ]
    if not names or len(names) != len(parts):
        return ""
    if not described.problem and any(is_known_placeholder(name) for name in names):
        return ""
    return " | ".join(names)


def schema_types(schema: Schema, schemas: Mapping[str, Schema], depth: int = 0) -> set[str]:
    """Every JSON type that a schema accepts, null apart; empty where that is not plain."""
    shape = resolve(schema, schemas)
    branches = variants(shape)
    if branches and depth < 5:
        found = [schema_types(branch, schemas, depth + 1) for branch in branches if types(branch) != ("null",)]
        return set().union(*found) if all(found) else set()
    return set(types(shape)) - {"null"}


def report_open_components(batch: SchemaBatch, reports: Reports) -> None:
    """One finding for each field of a class whose type has no schema, wherever the class is used."""
    for name, schema in batch.schemas.items():
        cls = batch.classes.get(name)
        if name.endswith(INPUT_SUFFIX) and name.removesuffix(INPUT_SUFFIX) in batch.schemas:
            continue
        properties = schema.get("properties") if isinstance(schema, dict) else None
        parts = properties.items() if isinstance(properties, dict) else [("", schema)]
        for field, part in parts:
            for python_type in open_types(part):
                what = f"{type_text(cls) if cls is not None else name}{'.' if field else ''}{field}"
                known = not is_known_placeholder(python_type)
                reports.add(
                    "undescribable-type" if known else "unresolved-hint",
                    f"{what} has the type {python_type}, "
                    + ("which JSON can't hold" if known else "a name that can't be found"),
                    location=_place(cls, reports),
                    hint=_ADVICE if known else "import it in the module, or correct the hint",
                )


def _place(cls: Any, reports: Reports) -> Location:
    if not isinstance(cls, type):
        return Location()
    scope = scope_of_class(cls)
    line = scope.text.line_of(cls.__qualname__.replace("<locals>.", ""))
    return reports.location(str(scope.namespace.get("__file__") or ""), line)


def report_open(
    described: Described, what: str, endpoint: str, parameter: str, location: Location, reports: Reports
) -> None:
    """One finding for each type in a hint that has no schema, or for what else had to be left out of it."""
    if described.problem and not described.has_open and not described.python_only:
        reports.add(
            "undescribable-type",
            f"{endpoint}: a part of the hint of {what} can't be described ({described.problem})",
            endpoint=endpoint,
            parameter=parameter,
            location=location,
            hint="correct what Annotated says beside the type",
        )
    if described.python_only:
        reports.add(
            "undescribable-type",
            f"{endpoint}: {what} may be a {' or a '.join(described.python_only)} in Python alone",
            endpoint=endpoint,
            parameter=parameter,
            location=location,
            severity=Severity.INFO,
            hint="what else it may be is described",
        )
    for name in open_types(described.schema) if described.has_open else ():
        unknown = is_known_placeholder(name) and not described.problem
        if unknown and _NAME.fullmatch(name):
            message = f"{endpoint}: {what} has the type {name}, a name that can't be found"
            advice = "import it in the module, or correct the hint"
        elif unknown:
            message = f"{endpoint}: {what} has the hint {name}, which is not a type"
            advice = "write a type; a text goes into the docstring"
        else:
            message = f"{endpoint}: {what} has the type {name}, which JSON can't hold"
            if described.problem:
                message += f" ({described.problem})"
            advice = _ADVICE
        reports.add(
            "unresolved-hint" if unknown else "undescribable-type",
            message,
            endpoint=endpoint,
            parameter=parameter,
            location=location,
            hint=advice,
        )
