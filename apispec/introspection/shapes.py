"""What is open in a schema because no schema could be made, and the findings that say so."""

from __future__ import annotations

import re

from apispec.findings import Location
from apispec.introspection.placeholders import PYTHON_TYPE, is_known_placeholder
from apispec.introspection.reports import Reports
from apispec.introspection.schemas import Described
from apispec.model import Schema

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


def report_open(
    described: Described, what: str, endpoint: str, parameter: str, location: Location, reports: Reports
) -> None:
    """One finding for each type in a hint that has no schema."""
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
            advice = "use a type that pydantic can describe, or give the class __get_pydantic_core_schema__"
        reports.add(
            "unresolved-hint" if unknown else "undescribable-type",
            message,
            endpoint=endpoint,
            parameter=parameter,
            location=location,
            hint=advice,
        )
