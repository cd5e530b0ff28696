"""One parameter of a signature, with its docstring and its schema → one parameter of the model."""

from __future__ import annotations

from typing import Any

from apispec.declaring import FILE_SCHEMA
from apispec.findings import Location, Severity
from apispec.introspection.acceptance import Acceptance
from apispec.introspection.adapters import adapted
from apispec.introspection.calls import part_media_type
from apispec.introspection.credentials import HIDDEN
from apispec.introspection.defaults import default_of, to_json
from apispec.introspection.docstrings import DocParameter
from apispec.introspection.hints import MISSING, FileHint, accepts_none
from apispec.introspection.keywords import Keyword, properties
from apispec.introspection.metadata import Metadata, metadata
from apispec.introspection.read_parameters import SignatureParameter
from apispec.introspection.reports import Reports
from apispec.introspection.schemas import SchemaBatch
from apispec.introspection.shapes import report_open, unsendable
from apispec.introspection.texts import secret_in, value_text
from apispec.model import Default, Example, Parameter, ParameterLocation, Schema
from apispec.records import dataclass

_PARAMETER_KEYWORDS = ("description", "examples", "deprecated", "default")
"""Keywords of a hint's schema that are said of the parameter instead."""
_NULL = {"type": "null"}
_NULL_DEFAULT = Default()
_UNSAID = Metadata()
_SIMPLE = frozenset({int, bool, str, type(None), type(MISSING)})


@dataclass(frozen=True, slots=True)
class ParameterDraft:
    """A parameter before its hint is described."""

    read: SignatureParameter
    documented: DocParameter | None
    files: FileHint | None
    key: Any
    """Of its schema in the batch; None where it has no hint or is a file."""
    keywords: tuple[Keyword, ...] = ()
    """Of `**kwargs`: the keys that are documented."""


def parameter_of(
    draft: ParameterDraft,
    location: ParameterLocation,
    endpoint: str,
    place: Location,
    batch: SchemaBatch,
    acceptance: Acceptance,
    reports: Reports,
) -> Parameter:
    """The parameter as the model has it; what can't be described is reported."""
    read = draft.read
    documented = draft.documented
    key = _alike(draft)
    parts = None if key is None else batch.parts.get(key)
    if parts is None:
        before = len(reports.findings)
        parts = _parts(draft, endpoint, place, batch, acceptance, reports)
        if key is not None and len(reports.findings) == before:
            batch.parts[key] = parts
    schema, own, default, said = parts
    description = said.description or (documented.description if documented is not None else "")
    examples = [Example(value=value) for found, value in map(to_json, said.examples) if found]
    examples += [Example(value=value) for value in own.get("examples", ()) if not said.examples]
    return Parameter(
        name=read.name,
        location=location,
        schema=schema,
        required=read.required or location == "path",
        default=default,
        description=description or read.text or own.get("description", ""),
        deprecated=said.deprecated or bool(own.get("deprecated", False)),
        examples=tuple(e for e in examples if acceptance.accepts(schema, e.value)),
        kind=read.kind,
        multiple=_several(draft),
        media_type=part_media_type(location, schema, batch.schemas),
        type_source=read.source,
    )


def _parts(
    draft: ParameterDraft, endpoint: str, place: Location, batch: SchemaBatch, acceptance: Acceptance, reports: Reports
) -> tuple[Schema, dict[str, Any], Default | None, Metadata]:
    """The schema, what it says of the parameter itself, the default, and what stands beside the hint."""
    said = _UNSAID if draft.read.hint is MISSING else metadata(draft.read.hint)
    schema, own = _schema(draft, endpoint, place, batch, reports)
    if draft.keywords and isinstance(schema, dict):
        each = schema.get("additionalProperties", True)
        schema = {**schema, "properties": properties(draft.keywords, each, batch, acceptance)}
    default = _default(draft, endpoint, place, schema, batch, acceptance, reports)
    if default == _NULL_DEFAULT and draft.files is None and not acceptance.accepts(schema, None):
        schema = _nullable(schema)  # def f(x: int = None)
    return schema, own, default, said


def _alike(draft: ParameterDraft) -> Any:
    """What parameters share that are described alike; None where it is not told that easily."""
    default = draft.read.default
    if draft.key is None or draft.keywords or type(default) not in _SIMPLE:
        return None
    # a text may be a secret by the parameter's name
    return (
        draft.key,
        draft.read.kind,
        draft.read.required,
        type(default),
        default,
        type(default) is str and draft.read.name,
    )


def unsendable_type(draft: ParameterDraft, batch: SchemaBatch) -> str:
    """What Python calls the type of a parameter that nobody can send; empty where somebody can."""
    if draft.key is None or draft.read.kind[:3] == "var" or draft.read.source:  # what a stub says is not checked
        return ""
    return batch.remembered("unsendable", draft.key, unsendable)


def _several(draft: ParameterDraft) -> bool:
    return draft.files is not None and (draft.files.multiple or draft.read.kind == "var-positional")


def _schema(
    draft: ParameterDraft, endpoint: str, place: Location, batch: SchemaBatch, reports: Reports
) -> tuple[Schema, dict[str, Any]]:
    """The schema, and what it says about the parameter itself."""
    read = draft.read
    schema: Schema = {}
    own: dict[str, Any] = {}
    if draft.files is not None:
        file: Schema = {**FILE_SCHEMA, **({"contentMediaType": "image/png"} if draft.files.image else {})}
        return ({"type": "array", "items": file} if _several(draft) else file), own
    if draft.key is None:
        reports.add(
            "missing-hint",
            f"{endpoint}: parameter {read.name} has no type",
            endpoint=endpoint,
            parameter=read.name,
            location=place,
            hint=f"write {read.name}: Type" if read.kind[:3] != "var" else f"write its items' type after {read.name}",
            severity=Severity.INFO if read.kind[:3] == "var" else Severity.WARNING,
        )
    else:
        described = batch.get(draft.key)
        schema = described.schema
        if accepts_none(read.hint) or not unsendable_type(draft, batch):  # else the function can't be called: said
            report_open(described, f"parameter {read.name}", endpoint, read.name, place, reports)
        if isinstance(schema, dict) and any(keyword in schema for keyword in _PARAMETER_KEYWORDS):
            own = {keyword: schema[keyword] for keyword in _PARAMETER_KEYWORDS if keyword in schema}
            schema = {keyword: value for keyword, value in schema.items() if keyword not in own}
    if read.kind == "var-positional":
        return {"type": "array", "items": schema} if schema != {} else {"type": "array"}, own
    if read.kind == "var-keyword":
        return {"type": "object", "additionalProperties": schema if schema != {} else True}, own
    return schema, own


def _default(
    draft: ParameterDraft,
    endpoint: str,
    place: Location,
    schema: Schema,
    batch: SchemaBatch,
    acceptance: Acceptance,
    reports: Reports,
) -> Default | None:
    read = draft.read
    if read.default is MISSING:
        return None
    if read.default is not None and draft.key is not None and batch.holds_secrets(draft.key):
        return Default(text=HIDDEN)
    secret = secret_in(read.default, read.name)
    if secret:
        reports.add(
            "hidden-secret",
            f"{endpoint}: the default of parameter {read.name} is {secret}, so it is not shown",
            endpoint=endpoint,
            parameter=read.name,
            location=place,
            hint="read it inside of the function; --allow-secret TEXT shows what is no secret",
        )
        return Default(text=HIDDEN)
    default = default_of(read.default, None if read.hint is MISSING or draft.files else adapted(read.hint))
    fits = not default.is_json or default.value is None or acceptance.accepts(schema, default.value)
    if not fits and read.hint is not MISSING and _is_taken(read.hint, read.default):
        return Default(text=value_text(read.default))  # Python's own value, which JSON writes otherwise
    if not fits:
        reports.add(
            "default-does-not-fit",
            f"{endpoint}: the default of parameter {read.name}, {value_text(read.default)}, is not of its type",
            endpoint=endpoint,
            parameter=read.name,
            location=place,
            hint="widen the hint, or change the default",
        )
        return Default(text=value_text(read.default))
    return default


def _is_taken(hint: Any, default: Any) -> bool:
    """Whether a default is a value of its hint in Python, converted in no way."""
    try:
        adapted(hint).adapter.validate_python(default, strict=True)
    except Exception:
        return False
    return True


def _nullable(schema: Schema) -> Schema:
    if isinstance(schema, dict) and set(schema) == {"anyOf"}:
        return {"anyOf": [*schema["anyOf"], dict(_NULL)]}
    return {"anyOf": [schema, dict(_NULL)]}
