"""Whether values fit their schemas: one registry for the document, one compiled schema per place, all on demand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import quote

import jsonschema_rs

from apispec.documents import MISSING, Edits, find, split
from apispec.rules.formats import FORMATS, FREE
from apispec.rules.index import Index, Node
from apispec.rules.kinds import is_of_type
from apispec.schemas import is_affordable, is_long, tries

_DOCUMENT = "urn:apispec:document"
_DIALECTS = {"2.0": jsonschema_rs.Draft4, "3.0": jsonschema_rs.Draft4}


_MOST = 20
"""Flaws of one value that are told."""


class Flaws(NamedTuple):
    """What keeps a value from fitting: each a sentence, and where in the value."""

    shape: list[tuple[str, list[str | int]]]
    format: list[tuple[str, list[str | int]]]
    """Texts that are of the right type, but not of the format."""


_FITS = Flaws([], [])


class Fitting:
    """Judges values against the schemas of one document."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._compiled: dict[tuple[str, bool], Any] = {}
        self._known: dict[tuple[Node, int], tuple[Any, Flaws]] = {}
        self._costs: dict[str, int] = {}

    def flaws(self, schema: Node, value: Any) -> Flaws:
        """Why a value does not fit a schema; nothing where it does, or where nobody can tell."""
        if _plainly_fits(schema.value, value):
            return _FITS
        mark = (schema, id(value))
        known = self._known.get(mark)
        if known is None or known[0] is not value:
            known = self._known[mark] = (value, self._flaws(schema, value))
        return known[1]

    def _flaws(self, schema: Node, value: Any) -> Flaws:
        simple = self._simple(schema.value, value)
        if simple is not None:
            if not simple:
                return Flaws([(f"{_shown(value)} is not of type {schema.value['type']}", [])], [])
            fits = FORMATS.get(str(schema.value.get("format")))
            if fits is None or not isinstance(value, str) or fits(value):
                return _FITS
            return Flaws([], [(_no_format(value, schema.value["format"]), [])])
        if self._tries and is_long(value):
            return _FITS
        pointer = schema.pointer
        try:
            together = self._together if pointer in self._places else None
            judged, above = (value, 0) if together is None else ({pointer: value}, 1)
            strict = together or self._validator_of(pointer, formats=True)
            if strict is None or strict.is_valid(judged):
                return _FITS
            errors = list(islice(strict.iter_errors(judged), 10 * _MOST))
            formats = [inner for error in errors for inner in _formats(error)]
            others = [error for error in errors if type(error.kind).__name__ != "Format"]
            told = [
                (_no_format(error.instance, error.kind.format), list(error.instance_path)[above:])
                for error in formats[:_MOST]
            ]
            if any(getattr(error.kind, "context", None) is not None for error in others):
                # Alternatives may fail for their formats alone.
                places = {tuple(error.instance_path)[above:] for error in others}
                loose, above = self._validator_of(pointer, formats=False), 0
                found = loose.iter_errors(value) if loose is not None else ()
                others = [error for error in found if tuple(error.instance_path) in places]
            return Flaws(_once(_told(others, above)), _once(told))
        except (ValueError, RecursionError, UnicodeError, OverflowError):
            return _FITS  # a value that the validator cannot take, a pattern that never ends

    def _validator_of(self, pointer: str, *, formats: bool) -> Any:
        if (pointer, formats) not in self._compiled:
            self._compiled[pointer, formats] = self._compile(pointer, formats)
        return self._compiled[pointer, formats]

    @staticmethod
    def _simple(schema: dict[str, Any], value: Any) -> bool | None:
        """The answer for schemas that state nothing but a simple type; None where it takes a validator."""
        kind = schema.get("type")
        if not isinstance(kind, str) or not schema.keys() <= _HARMLESS:
            return None
        return (value is None and schema.get("nullable") is True) or is_of_type(value, kind)

    @cached_property
    def _tries(self) -> bool:
        """Whether a pattern of the document is one that long texts are not judged by."""
        index = self._index
        patterns = (node.value["pattern"] for node in index.schemas_with["pattern"])
        names = (name for node in index.schemas_with["patternProperties"] for name in node.value["patternProperties"])
        return any(map(tries, patterns)) or any(map(tries, names))

    @cached_property
    def _places(self) -> frozenset[str]:
        """The schemas for which values are given."""
        index = self._index
        nodes = {*index.schemas_with["default"], *index.schemas_with["example"], *index.schemas_with["examples"]}
        shown = (node for kind in ("media-type", "parameter", "header") for node in index.by_kind[kind])
        holders = {node for node in shown if node.value.keys() & {"example", "examples"}}
        nodes |= {node for node in index.by_kind["schema"] if node.slot == "schema" and node.parent in holders}
        needed = (node.pointer for node in nodes if self._simple(node.value, None) is None)
        # What is nullable has moved in the validators' document, and is judged for itself.
        return frozenset(
            place for place in needed if self._can_be_afforded(place) and find(self._edited, place) is not MISSING
        )

    @cached_property
    def _together(self) -> Any:
        """One validator for all of them, each under its pointer: it costs a fraction of one for each. None where some
        schema is none.
        """
        return self._made({"properties": {pointer: _reference(pointer) for pointer in self._places}}, formats=True)

    def _can_be_afforded(self, pointer: str) -> bool:
        components = self._index.document.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        return not isinstance(schemas, dict) or is_affordable(
            self._index.lookup(f"#{pointer}"), schemas, known=self._costs
        )

    def _compile(self, pointer: str, formats: bool) -> Any:
        """A validator for one schema; None where another rule says what is wrong with it."""
        return self._made(_reference(pointer), formats=formats) if self._can_be_afforded(pointer) else None

    def _made(self, schema: dict[str, Any], *, formats: bool) -> Any:
        try:
            return self._validator(
                schema, registry=self._registry, validate_formats=formats, formats=_CHECKS, offline=True
            )
        except (
            jsonschema_rs.ValidationError,
            jsonschema_rs.ReferencingError,
            ValueError,
            RecursionError,
            OverflowError,
        ):
            return None  # an invalid schema: other rules say so

    @property
    def _validator(self) -> Any:
        old = self._index.version in _DIALECTS
        return jsonschema_rs.Draft4Validator if old else jsonschema_rs.Draft202012Validator

    @cached_property
    def _registry(self) -> Any:
        draft = _DIALECTS.get(self._index.version, jsonschema_rs.Draft202012)
        return jsonschema_rs.Registry([(_DOCUMENT, self._edited)], draft=draft)

    @cached_property
    def _edited(self) -> dict[str, Any]:
        return _for_validators(self._index)


def _reference(pointer: str) -> dict[str, str]:
    return {"$ref": f"{_DOCUMENT}#" + quote(pointer, safe="/~!$&'()*+,;=:@-._")}


_CHECKS = {**FORMATS, **dict.fromkeys(FREE, lambda text: True)}


def _told(errors: Iterable[Any], above: int) -> Iterator[tuple[str, list[str | int]]]:
    """Each flaw at its own place: of properties that must not be there, each.

    Args:
        errors: The validator's.
        above: How deep the value stands in what was judged.
    """
    for error in islice(errors, _MOST):
        name, place = type(error.kind).__name__, list(error.instance_path)[above:]
        if name in ("BacktrackLimitExceeded", "RegexEngineFailure"):
            continue
        unexpected = getattr(error.kind, "unexpected", None) if name.endswith("Properties") else None
        for key in unexpected or ():
            yield f"{key!r} is not allowed there", [*place, key]
        if not unexpected:
            yield _sentence(error), place


def _formats(error: Any) -> list[Any]:
    """The errors of format that an error is made of: itself, or those of an alternative that fits but for them."""
    if type(error.kind).__name__ == "Format":
        return [error]
    for branch in getattr(error.kind, "context", None) or ():
        inner = [_formats(one) for one in branch]
        if inner and all(inner):
            return [one for found in inner for one in found]
    return []


def _once(found: Iterable[tuple[str, list[str | int]]]) -> list[tuple[str, list[str | int]]]:
    return list({(sentence, *map(str, place)): (sentence, place) for sentence, place in found}.values())


def _no_format(value: Any, name: str) -> str:
    return f"{_shown(value)} is no {name}"


def _plainly_fits(schema: Any, value: Any) -> bool:
    """Whether a value is surely one of an enumeration's, or of one of several simple types; no validator is made."""
    if not isinstance(schema, dict) or (isinstance(value, str) and "format" in schema):
        return False
    kind, rest = schema.get("type"), schema.keys() - _HARMLESS
    if isinstance(kind, str) and not is_of_type(value, kind):
        return False
    if rest == {"enum"} and isinstance(schema["enum"], list):
        return any(type(known) is type(value) and known == value for known in schema["enum"])
    if rest == {"anyOf"} and isinstance(schema["anyOf"], list):
        return any(_plainly_fits(branch, value) for branch in schema["anyOf"])
    return not rest and isinstance(kind, str)


_HARMLESS = frozenset(
    {
        "type", "description", "title", "example", "examples", "default", "format", "nullable", "readOnly", "writeOnly",
        "deprecated", "externalDocs", "xml",
    }
)  # fmt: skip


def _for_validators(index: Index) -> dict[str, Any]:
    """The document with JSON Schema's words for what OpenAPI says in words of its own; what is unchanged is shared.

    `nullable` becomes a type, and what travels one way only is not required: an example may be of either way.
    """
    document = {key: value for key, value in index.document.items() if key != "$id"}
    if isinstance(document.get("paths"), dict):
        document["paths"] = {path: _without_samples(item) for path, item in document["paths"].items()}
    edits = Edits(document)
    for node in {*index.schemas_with["readOnly"], *index.schemas_with["writeOnly"]}:
        parent = node.parent
        required = parent.value.get("required") if parent is not None and node.slot == "properties" else None
        if parent is not None and isinstance(required, list) and node.key in required:
            schema = edits.own(tuple(split(parent.pointer)))
            schema["required"] = [name for name in schema["required"] if name != node.key]
            if not schema["required"]:
                del schema["required"]  # draft 4 has no empty list here
    if index.version in ("2.0", "3.0"):
        nullable = [*index.schemas_with["nullable"], *index.schemas_with["x-nullable"]]
        for node in reversed(nullable):  # from the inside out: what is in a schema may move
            if node.value.get("nullable") is True or node.value.get("x-nullable") is True:
                _allow_null(edits.own(tuple(split(node.pointer))))
    return edits.document


def _without_samples(item: Any) -> Any:
    """A path item without the samples of its operations, the greater part of a large document."""
    if not isinstance(item, dict):
        return item
    return {
        method: {key: value for key, value in operation.items() if key != _SAMPLES}
        if isinstance(operation, dict) and _SAMPLES in operation
        else operation
        for method, operation in item.items()
    }


_SAMPLES = "x-codeSamples"


def _allow_null(schema: dict[str, Any]) -> None:
    if isinstance(schema.get("type"), str) and schema["type"] != "null":
        schema["type"] = [schema["type"], "null"]
    if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    parts = [key for key in ("allOf", "anyOf", "oneOf") if key in schema]
    if parts and "type" not in schema:
        rest = {key: schema.pop(key) for key in list(schema)}
        schema["anyOf"] = [{"type": "null"}, rest]


def _sentence(error: Any) -> str:
    """The validator's message, its quotations kept short."""
    message = str(error.message)
    context = getattr(error.kind, "context", None)
    if context is not None:
        return f"{_shown(error.instance)} fits none of the alternatives" if len(context) != 1 else message[:200]
    if len(message) > 200:
        return f"{_shown(error.instance)} breaks `{error.schema_path[-1] if error.schema_path else ''}`"
    return message


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
