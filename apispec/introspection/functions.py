"""One declared function → one endpoint of the model, in two steps around the batch that describes all hints.

`Draft` reads the function and asks for its schemas; `finish` puts the endpoint together once they are there.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import FunctionType
from typing import Any, Literal

from apispec.declaring import Registered, asking
from apispec.findings import Location, Severity
from apispec.introspection import calls, examples, responses
from apispec.introspection.acceptance import Acceptance
from apispec.introspection.accepted import guarded, taken
from apispec.introspection.adapters import adapter
from apispec.introspection.callables import implementation, signed_elsewhere
from apispec.introspection.disagreement import report_disagreement
from apispec.introspection.docstrings import DocParameter, Docstring, documented_calls, parse
from apispec.introspection.doctypes import default_hint, docstring_hint
from apispec.introspection.hints import MISSING, accepts_none, role
from apispec.introspection.keywords import Keyword, keywords
from apispec.introspection.overloads import RESULT
from apispec.introspection.parameters import ParameterDraft, parameter_of, unsendable_type
from apispec.introspection.raised import raised_errors
from apispec.introspection.read_parameters import SignatureParameter
from apispec.introspection.reports import Reports
from apispec.introspection.results import result_hint
from apispec.introspection.schemas import SchemaBatch
from apispec.introspection.scopes import scope_of
from apispec.introspection.shapes import report_open, unsendable
from apispec.introspection.signatures import Signature, own_names, read
from apispec.introspection.stubs import stub_hints
from apispec.introspection.volatile import AsWritten, volatile_defaults
from apispec.model import Endpoint, Example, MediaType, Parameter, Result, Schema, Visibility

Protocol = Literal["http", "gradio"]
_SOURCE = "x-type-source"


@dataclass
class Draft:
    """What is known about a function before its hints are described."""

    registered: Registered
    signature: Signature
    docstring: Docstring
    location: Location
    implementation: Any
    parameters: list[ParameterDraft] = field(default_factory=list)
    result_key: Any = None
    result_source: str = ""
    response_keys: dict[str, Any] = field(default_factory=dict)

    @property
    def namespace(self) -> Mapping[str, Any]:
        """The names of the function's module."""
        namespace = asking.attribute(self.implementation, "__globals__")
        return namespace if isinstance(namespace, dict) else {}


def draft(registered: Registered, batch: SchemaBatch, reports: Reports) -> Draft:
    """Read a function and ask for the schemas of its hints. Never raises for what a function is."""
    function = registered.function
    signature = read(function, stream=registered.stream, names=registered.names)
    inner = implementation(function)
    docstring = _docstring(function, inner, signature)
    location = _place(registered, inner, reports)
    made = Draft(registered, signature, docstring, location, inner)
    volatile = volatile_defaults(inner)
    stub = stub_hints(inner) if _needs_stub(signature) else {}
    for parameter in signature.parameters:
        if parameter.context:
            continue
        documented = docstring.parameters.get(parameter.own) or docstring.parameters.get(parameter.name)
        typed = _typed(parameter, documented, stub)
        if parameter.own in volatile:
            typed = replace(typed, default=AsWritten(volatile[parameter.own]))
        files = None if typed.hint is MISSING else role(typed.hint).files
        key = None if typed.hint is MISSING or files else batch.add(typed.hint)
        keys: tuple[Keyword, ...] = ()
        if parameter.kind == "var-keyword":
            keys = keywords(docstring.parameters, own_names(signature, inner), typed.hint, batch)
        made.parameters.append(ParameterDraft(typed, documented, files, key, keys))
    result = signature.result
    if not result.is_file and not result.never:
        hint = result.hint
        if hint is MISSING:
            hint, made.result_source = _result_hint(docstring, result.streaming, stub)
        made.result_key = None if hint is MISSING else batch.add(hint, "serialization")
    for status, declared in registered.responses.items():
        model = declared.get("model") if isinstance(declared, Mapping) else declared
        if model is not None and not isinstance(model, str):
            made.response_keys[status] = batch.add(model, "serialization")
    return made


def _place(registered: Registered, inner: Any, reports: Reports) -> Location:
    """Where the function stands, and not the decorator that left its signature."""
    home = signed_elsewhere(inner)
    line = 0 if home is None else scope_of(vars(home)).text.line_of(inner.__qualname__)
    if home is None or not line:
        return reports.location(registered.file, registered.line)
    return reports.location(str(vars(home).get("__file__") or ""), line)


def finish(made: Draft, batch: SchemaBatch, acceptance: Acceptance, reports: Reports, protocol: Protocol) -> Endpoint:
    """The endpoint, its hints described."""
    registered, docstring, signature = made.registered, made.docstring, made.signature
    name = registered.name
    has_files = any(p.files for p in made.parameters)
    keeps_state = any(p.context == "session" for p in signature.parameters)
    call = (
        calls.gradio_call(registered, keeps_state) if protocol == "gradio" else calls.http_call(registered, has_files)
    )
    where = calls.locations(call, {p.read.name: p.files is not None for p in made.parameters})
    if signature.unknown:
        reports.add(
            "unknown-signature",
            f"{name}: {signature.unknown}",
            endpoint=name,
            location=made.location,
            hint="wrap it in a function with a signature",
        )
    left_out, uncallable = _unsendable(made, batch, reports)
    parameters = tuple(
        parameter_of(p, where[p.read.name], name, made.location, batch, acceptance, reports)
        for p in made.parameters
        if p.read.name not in left_out
    )
    parameters = tuple(_with_taken(made, p, batch, acceptance, reports) for p in parameters)
    report_disagreement(made, batch, reports)
    result = _result(made, batch, reports)
    declared, problems = examples.from_declaration(registered.examples, [p.read for p in made.parameters])
    for problem in problems:
        reports.add("invalid-example", f"{name}: {problem}", endpoint=name, location=made.location)
    found = [*declared, *examples.from_doctests(_doctests(made), [p.read for p in made.parameters])]
    accepted = [e for e in found if _fits(e, parameters, acceptance)]
    for number, example in enumerate(declared, 1):
        if example not in accepted:
            message = f"{name}: example {number} does not fit the parameters"
            reports.add("invalid-example", message, endpoint=name, location=made.location)
    deprecated, instead = _deprecation(made)
    given = {status: batch.get(key).schema for status, key in made.response_keys.items()}
    return Endpoint(
        name=name,
        # `rendering.protocols` describes the same endpoint over the other protocol, where calls share a session.
        extensions={"x-apispec-state": True} if keeps_state and protocol == "http" else {},
        summary=registered.summary if registered.summary is not None else docstring.summary,
        description=registered.description if registered.description is not None else docstring.description,
        tags=registered.tags,
        visibility=Visibility(registered.visibility),
        deprecated=deprecated,
        deprecation=instead,
        parameters=parameters,
        result=result,
        responses=responses.responses(
            registered, docstring.raises, raised_errors(made.implementation), made.namespace, given
        ),
        examples=tuple(
            replace(e, result=None, has_result=False) if not _result_fits(e, result, acceptance) else e
            for e in accepted
        ),
        call=call,
        callable=not uncallable,
        annotations=dict(registered.annotations),
        overloads=signature.overloads,
        location=made.location,
    )


def _with_taken(
    made: Draft, parameter: Parameter, batch: SchemaBatch, acceptance: Acceptance, reports: Reports
) -> Parameter:
    """A required parameter with an example that the target's own validators take, where there are such."""
    one = next(p for p in made.parameters if p.read.name == parameter.name)
    if not parameter.required or parameter.examples or one.key is None or one.read.kind.startswith("var"):
        return parameter
    if not batch.remembered("guarded", one.key, lambda _: guarded(one.read.hint)):
        return parameter
    value, refusal = taken(one.read.hint, parameter.schema, parameter.name, batch.schemas, acceptance)
    if value is not None:
        return replace(parameter, examples=(Example(value=value),))
    if refusal:
        reports.add(
            "guessed-value",
            f"{made.registered.name}: no value for parameter {parameter.name} was found that its validators take: "
            f"{refusal}",
            endpoint=made.registered.name,
            parameter=parameter.name,
            location=made.location,
            hint="give an example: Annotated[Type, Field(examples=[...])]",
        )
    return parameter


def _unsendable(made: Draft, batch: SchemaBatch, reports: Reports) -> tuple[set[str], bool]:
    """Optional parameters that nobody can send, which are left out, and whether nobody can call the function at all."""
    name, uncallable = made.registered.name, False
    left_out: set[str] = set()
    for one in made.parameters:
        python_type = unsendable_type(one, batch)
        if not python_type:
            continue
        if one.read.required and not accepts_none(one.read.hint):
            uncallable = True
            message = f"{name} can't be called: parameter {one.read.name} is {_a(python_type)}, which no JSON is"
            hint = "give it a default, or wrap the function in one that takes what can be sent"
            reports.add(
                "uncallable-endpoint",
                message,
                endpoint=name,
                parameter=one.read.name,
                location=made.location,
                hint=hint,
            )
        elif not one.read.required:
            left_out.add(one.read.name)
            message = f"{name}: parameter {one.read.name} is left out, since no JSON is {_a(python_type)}"
            reports.add(
                "left-out-parameter", message, endpoint=name, parameter=one.read.name, location=made.location,
                severity=Severity.INFO, hint="it keeps its default",
            )  # fmt: skip
    result = _unsendable_result(made, batch)
    if result:
        uncallable = True
        message = f"{name} can't be called: its result is {_a(result)}, which JSON can't hold"
        reports.add(
            "uncallable-endpoint", message, endpoint=name, location=made.location, hint="return what can be sent"
        )
    return left_out, uncallable


def _a(kind: str) -> str:
    """With its article."""
    return f"{'an' if kind[:1] in 'AEIOUaeiou' else 'a'} {kind}"


def _unsendable_result(made: Draft, batch: SchemaBatch) -> str:
    """What Python calls the type of a result that JSON can't hold; empty where it can."""
    if made.result_key is None or made.result_source or accepts_none(made.signature.result.hint):
        return ""
    return batch.remembered("unsendable", made.result_key, unsendable)


def _docstring(function: Any, inner: Any, signature: Signature) -> Docstring:
    if function is inner and type(inner) is FunctionType:
        text = inner.__doc__
        names = [p.python or p.name for p in signature.parameters]
        return parse(text, names=names) if isinstance(text, str) and text else _EMPTY
    places = (function, inner)
    if not asking.is_routine(function) and not asking.is_a(function, type) and inner is not function:
        places = (inner, function)  # of a callable object, what calling it does
    text = next((t for t in map(_text_of, places) if t), "")
    if not text and inspect.ismethod(function):
        text = inspect.getdoc(function) or ""
    if not text:
        return _EMPTY
    return parse(text, names=[p.own for p in signature.parameters])


_EMPTY = Docstring()


def _text_of(documented: Any) -> str:
    """An object's own docstring; not that of the class that it is an instance of, unless that class is the user's."""
    text = asking.attribute(documented, "__doc__")
    if not isinstance(text, str) or (type(documented).__module__ == "functools" and text == type(documented).__doc__):
        return ""
    return text


def _needs_stub(signature: Signature) -> bool:
    return signature.result.hint is MISSING or any(p.hint is MISSING for p in signature.parameters)


def _typed(
    parameter: SignatureParameter, documented: DocParameter | None, stub: Mapping[str, Any]
) -> SignatureParameter:
    """A parameter without a hint takes one from its stub, its docstring or its default, where they are sure."""
    if parameter.hint is not MISSING or parameter.kind in ("var-positional", "var-keyword"):
        return parameter
    if parameter.own in stub and role(stub[parameter.own]).files is None:  # a stream may be one that is written to
        return replace(parameter, hint=stub[parameter.own], source="stub")
    if documented is not None and documented.type:
        hint = docstring_hint(documented.type)
        if hint is not None and _takes(hint, parameter.default):
            return replace(parameter, hint=hint, source="docstring")
    hint = None if parameter.default is MISSING else default_hint(parameter.default)
    return parameter if hint is None else replace(parameter, hint=hint, source="default")


def _takes(hint: Any, default: Any) -> bool:
    """Whether a hint that a docstring gives agrees with the default, which is a fact."""
    if default is MISSING or default is None:
        return True
    try:
        adapter(hint).validate_python(default)
    except Exception:
        return False
    return True


def _result_hint(docstring: Docstring, streaming: bool, stub: Mapping[str, Any]) -> tuple[Any, str]:
    if RESULT in stub and not streaming:
        said = result_hint(stub[RESULT], len)  # a function that is no generator: a stub can't be one
        if not said.streaming and not said.never and not said.is_file:
            return said.hint, "stub"
    documented = docstring.yields if streaming and docstring.yields else docstring.returns
    hint = docstring_hint(documented.type) if documented is not None and documented.type else None
    return (MISSING, "") if hint is None else (hint, "docstring")


def _result(made: Draft, batch: SchemaBatch, reports: Reports) -> Result | None:
    read_result, name = made.signature.result, made.registered.name
    said = [made.docstring.returns, made.docstring.yields]
    documented = next(filter(None, reversed(said) if read_result.streaming else said), None)
    description = documented.description if documented is not None else ""
    if read_result.never:
        return None
    if read_result.is_file:
        nothing = (MediaType(schema={"type": "null"}),) if read_result.nullable else ()
        return Result(
            schema={"type": "string", "format": "binary"},
            description=description,
            media_type="*/*",
            is_file=True,
            other_content=nothing,
        )
    schema: Schema = {}
    if made.result_key is None:
        reports.add(
            "missing-result-hint",
            f"{name} does not say what it returns",
            endpoint=name,
            location=made.location,
            hint=f"write def {name}(...) -> Type",
            severity=Severity.INFO,
        )
    else:
        described = batch.get(made.result_key)
        schema = described.schema
        if not _unsendable_result(made, batch):  # else the function can't be called: said
            report_open(described, "the result", name, "", made.location, reports)
        if made.result_source and isinstance(schema, dict):
            schema = {**schema, _SOURCE: made.result_source}
    return Result(
        schema=schema,
        description=description,
        streaming=read_result.streaming,
        media_type="text/event-stream" if read_result.streaming else "application/json",
    )


def _doctests(made: Draft) -> list[Any]:
    if not made.docstring.examples:
        return []
    own = asking.attribute(implementation(made.registered.function), "__name__", made.registered.name)
    return documented_calls(made.docstring.examples, own)


def _fits(example: Example, parameters: Iterable[Any], acceptance: Acceptance) -> bool:
    if not isinstance(example.value, dict):
        return False
    by_name = {p.name: p for p in parameters}
    for name, value in example.value.items():
        if name not in by_name:
            return False
        if by_name[name].location != "file" and not acceptance.accepts(by_name[name].schema, value):
            return False
    return all(name in example.value for name, p in by_name.items() if p.required and p.location != "file")


def _result_fits(example: Example, result: Result | None, acceptance: Acceptance) -> bool:
    if not example.has_result:
        return True
    return result is not None and not result.streaming and acceptance.accepts(result.schema, example.result)


def _deprecation(made: Draft) -> tuple[bool, str]:
    declared = made.registered.deprecated
    if declared is not None:
        return bool(declared), declared if isinstance(declared, str) else ""
    function = made.registered.function
    for marked in (function, implementation(function)):
        text = asking.attribute(marked, "__deprecated__")  # warnings.deprecated (PEP 702)
        if isinstance(text, str):
            return True, text
    text = made.docstring.deprecated
    return text is not None, text or ""
