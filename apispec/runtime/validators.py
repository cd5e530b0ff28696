"""JSON against JSON Schema, compiled once and fast; what is wrong comes out as `InvalidField`s.

Formats are judged where it is asked for; dates and times as people write them, with or without an offset.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jsonschema_rs

from apispec.declaring import File
from apispec.model import Json, Schema
from apispec.runtime.problems import InvalidField
from apispec.schemas import closure, has_trying_pattern, is_affordable, is_long, readable_type

_NUMBER = re.compile(r"[+-]?[\d_]*\.?\d*")
_LONGEST = 300
_MOST = 50


Judge = Callable[[str], bool]
"""Whether a text is of a format."""


def _no_number(text: str) -> bool:
    """Whether a date or time is more than a number, which pydantic would take for seconds."""
    return not _NUMBER.fullmatch(text.strip())


def _any(text: str) -> bool:
    return True


# pydantic is the judge of what `_any` lets through
_FORMATS = {
    **dict.fromkeys(("date", "date-time", "time", "duration"), _no_number),
    **dict.fromkeys(("uri", "uri-reference", "iri", "regex", "email", "idn-email", "hostname"), _any),
}


class Validator:
    """One compiled schema. What costs more than the budget (`schemas.budget`) is taken as it is.

    Args:
        schema: With references to components.
        schemas: The components.
        formats: Whether formats are judged, too; or how, by name, as far as that differs from JSON Schema's way.
    """

    def __init__(
        self,
        schema: Schema,
        schemas: Mapping[str, Schema],
        *,
        formats: bool | Mapping[str, Callable[[str], bool]] = False,
    ) -> None:
        self.schema = schema
        self.schemas = schemas
        self._validator: Any = None
        self._tries = False
        if not is_affordable(schema, schemas):  # what would take for ever to judge is let through
            return
        root: dict[str, Any] = dict(schema) if isinstance(schema, dict) else ({} if schema else {"not": {}})
        root["components"] = {"schemas": closure(schema, schemas)}
        self._tries = has_trying_pattern(root)
        own = dict(formats) if isinstance(formats, Mapping) else _FORMATS if formats else None
        self._validator = jsonschema_rs.Draft202012Validator(
            root, mask="value", validate_formats=bool(formats), formats=own, offline=True
        )

    def accepts(self, value: Json) -> bool:
        """Whether a value fits; False also for what JSON can't hold."""
        if self._validator is None or (self._tries and is_long(value)):
            return True
        try:
            return bool(self._validator.is_valid(value))
        except (ValueError, TypeError):  # a lone surrogate, an object that is no JSON
            return False

    def errors(self, value: Json) -> list[InvalidField]:
        """Everything that is wrong with a value, at most fifty things; empty where it fits."""
        found: list[InvalidField] = []
        if self._validator is None or (self._tries and is_long(value)):
            return found
        try:
            for error in self._validator.iter_errors(value):
                found += self._fields(error, value)
                if len(found) >= _MOST:
                    break
        except (ValueError, TypeError) as error:
            found.append(InvalidField("", f"not JSON: {error}"[:_LONGEST], json_type(value)))
        return list(dict.fromkeys(found))

    def _fields(self, error: Any, value: Json) -> list[InvalidField]:
        path = list(error.instance_path)
        detail = error.kind.as_dict()
        if error.kind.name == "required":
            return [InvalidField(pointer([*path, detail["property"]]), "is required", "nothing")]
        if error.kind.name == "additionalProperties":
            inside = at(value, path)
            return [
                InvalidField(pointer([*path, name]), "is not a known name", json_type(inside.get(name)))
                for name in detail["unexpected"]
            ]
        message = error.message.removeprefix("value ")
        if error.kind.name in ("anyOf", "oneOf", "enum", "const", "type"):
            part = at(self._validator_root(), list(error.schema_path)[:-1])
            if isinstance(part, (dict, bool)):
                message = "must be " + readable_type(part, self.schemas)
        return [InvalidField(pointer(path), message[:_LONGEST], json_type(at(value, path)))]

    def _validator_root(self) -> Json:
        return {**self.schema, "components": {"schemas": self.schemas}} if isinstance(self.schema, dict) else {}


def pointer(path: Sequence[str | int]) -> str:
    """A JSON Pointer (RFC 6901) of its steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def at(value: Json, path: Sequence[str | int]) -> Json:
    """What is at the end of a path, None where there is nothing."""
    for step in path:
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


def why_not_json(value: Any) -> str:
    """What in a dumped value JSON has no way to write: numbers that are none, half characters; empty where it can."""
    stack: list[tuple[Any, list[str | int]]] = [(value, [])]
    while stack:
        part, path = stack.pop()
        where = f"{pointer(path) or 'it'} is "
        if isinstance(part, float) and not math.isfinite(part):
            return f"{where}{part!r}"
        if isinstance(part, str) and any("\ud800" <= character <= "\udfff" for character in part):
            return f"{where}text with half a character (a lone surrogate)"
        if isinstance(part, dict):
            stack.extend((inner, [*path, str(key)]) for key, inner in part.items())
        elif isinstance(part, (list, tuple)):
            stack.extend((inner, [*path, index]) for index, inner in enumerate(part))
    return ""


def json_type(value: Any) -> str:
    """The JSON type of a value, `file` for a file."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, dict):
        return "object"
    if isinstance(value, File):
        return "file"
    return "array"
