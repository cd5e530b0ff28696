"""Findings about docstrings that say something else than the signature. The signature counts."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from apispec.introspection.doctypes import docstring_hint
from apispec.introspection.parameters import ParameterDraft
from apispec.introspection.reports import Reports
from apispec.introspection.results import is_generator
from apispec.introspection.schemas import SchemaBatch
from apispec.introspection.shapes import schema_types
from apispec.introspection.signatures import own_names
from apispec.introspection.texts import value_text
from apispec.model import Schema

if TYPE_CHECKING:
    from apispec.introspection.functions import Draft

_JSON_TYPES: dict[Any, str] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    dict: "object",
    types.NoneType: "null",
    **dict.fromkeys((list, tuple, set, frozenset), "array"),
}
_LITERALS = (bool, int, float, str)


def report_disagreement(made: Draft, batch: SchemaBatch, reports: Reports) -> None:
    """Report what a docstring says of parameters and result that the signature does not."""
    names = own_names(made.signature, made.implementation)
    open_ended = any(p.kind == "var-keyword" for p in made.signature.parameters)
    for name in made.docstring.parameters:
        if name not in names and not open_ended:
            _finding(
                made,
                reports,
                "docstring-unknown-parameter",
                f"describes {name!r}, which is not a parameter",
                hint=_nearest(name, names),
                parameter=name,
            )
    for parameter in made.parameters:
        _compare_type(made, parameter, batch, reports)
        _compare_default(made, parameter, reports)
    _compare_result(made, batch, reports)


def _compare_type(made: Draft, parameter: ParameterDraft, batch: SchemaBatch, reports: Reports) -> None:
    documented, read = parameter.documented, parameter.read
    if documented is None or parameter.key is None or read.source or read.kind.startswith("var"):
        return
    hinted = _other_type(documented.type, batch.get(parameter.key).schema, batch)
    if hinted and hinted != "null":
        _finding(
            made,
            reports,
            "docstring-type-differs",
            f"says that {read.name} is {documented.type}, its hint says {hinted}",
            parameter=read.name,
        )


def _compare_default(made: Draft, parameter: ParameterDraft, reports: Reports) -> None:
    """Report a documented default that is surely another; where it is None in Python, the text says what that means."""
    documented, read = parameter.documented, parameter.read
    if (
        documented is None
        or not documented.default
        or "\\" in documented.default
        or not (read.required or isinstance(read.default, _LITERALS))
    ):
        return
    try:
        said = ast.literal_eval(documented.default)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return
    if read.required or (isinstance(said, (*_LITERALS, types.NoneType)) and said != read.default):
        actual = "it has none" if read.required else f"it is {value_text(read.default)}"
        _finding(
            made,
            reports,
            "docstring-default-differs",
            f"says that {read.name} is {documented.default} by default; {actual}",
            parameter=read.name,
        )


def _compare_result(made: Draft, batch: SchemaBatch, reports: Reports) -> None:
    docstring, result = made.docstring, made.signature.result
    if docstring.yields is not None and docstring.returns is None and not result.streaming:
        if not is_generator(made.implementation):  # nor what contextlib makes of one
            _finding(made, reports, "docstring-result-differs", "says what it yields, but it is no generator")
        return
    documented = docstring.yields if result.streaming else docstring.returns
    if documented is None or made.result_key is None or made.result_source:
        return
    hinted = _other_type(documented.type, batch.get(made.result_key).schema, batch)
    if hinted:
        verb = "yields" if result.streaming else "returns"
        _finding(
            made, reports, "docstring-result-differs", f"says that it {verb} {documented.type}, its hint says {hinted}"
        )


def _other_type(documented: str, schema: Schema, batch: SchemaBatch) -> str:
    """The JSON types of a schema where a documented type is surely none of them; empty otherwise."""
    said = docstring_hint(documented) if documented else None
    if said is None:
        return ""
    parts = get_args(said) if get_origin(said) is Union else (said,)
    named = {_JSON_TYPES.get(get_origin(part) or part, "") for part in parts}
    hinted = {"null"} if schema == {"type": "null"} else schema_types(schema, batch.schemas)
    if not hinted or "" in named or named & {"number" if name == "integer" else name for name in hinted}:
        return ""
    return " or ".join(sorted(hinted))


def _finding(made: Draft, reports: Reports, rule: str, what: str, *, hint: str = "", parameter: str = "") -> None:
    name = made.registered.name
    message = f"the docstring of {name} {what}"
    hint = hint or "correct one of them"
    reports.add(rule, message, endpoint=name, parameter=parameter, location=made.location, hint=hint)


def _nearest(name: str, names: Iterable[str]) -> str:
    import difflib  # which every command would pay for

    near = difflib.get_close_matches(name, list(names), n=1)
    return f"did you mean {near[0]}?" if near else "correct the name, or leave it out"
