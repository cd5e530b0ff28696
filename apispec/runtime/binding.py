"""From arguments as they travel (JSON values, files) to the call of a Python function, and from its result back.

The schema in the document is asked first, so that what is accepted is what the document says; then pydantic makes the
hinted types. Nothing here runs the function.
"""

from __future__ import annotations

import copy
import functools
import inspect
import types
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Literal

import pydantic_core
from pydantic import TypeAdapter, ValidationError

from apispec.declaring import File
from apispec.introspection import (
    MISSING,
    Signature,
    adapter,
    implementation,
    is_gathered,
    parse,
    plain,
    signatures,
    status_of,
)
from apispec.model import Endpoint, Json, Parameter, Schema
from apispec.runtime.fitting import fitted
from apispec.runtime.problems import InvalidField, invalid
from apispec.runtime.validators import Validator, at, json_type, pointer, why_not_json

_FIELD_KINDS = ("FieldInfo", "OptionInfo", "ArgumentInfo")
"""Classes of pydantic and typer whose instances stand where a default does, and are none."""

FileWriter = Callable[[File], Json]
"""How a protocol writes a file that is inside a JSON result."""

Loose = Literal["", "as it is", "fitted"]
"""What becomes of a result that does not fit its schema: a failure, itself, or the nearest that fits."""


class BrokenResultError(Exception):
    """The function gave what its hint forbids."""


class Function:
    """One endpoint that can be called.

    Args:
        endpoint: As documented.
        call: The Python function.
        schemas: The Api's components.
        stream: Whether it streams, where its declaration says so.
        names: Names of the function that defined it, for hints.
        raises: Exceptions that are answers: class → HTTP status.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        call: Callable[..., Any],
        schemas: Mapping[str, Schema],
        *,
        stream: bool | None = None,
        names: Mapping[str, Any] | None = None,
        raises: Mapping[type[BaseException], int] | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.call = call
        self.schemas = schemas
        self.raises = dict(raises or {})
        self._stream = stream
        self._names = names

    @property
    def streaming(self) -> bool:
        """Whether it gives a stream of values."""
        return self.endpoint.result is not None and self.endpoint.result.streaming

    @cached_property
    def signature(self) -> Signature:
        """The Python side: hints, defaults, what the server fills in."""
        return signatures.read(self.call, stream=self._stream, names=self._names)

    @cached_property
    def context(self) -> dict[str, str]:
        """What the server fills in: parameter name → `session`, `request` or `context`."""
        return {p.name: p.context for p in self.signature.parameters if p.context}

    def status_of(self, error: BaseException) -> int | None:
        """The HTTP status that an exception is declared or documented to have, None where it is a failure."""
        declared = next((status for kind, status in self.raises.items() if isinstance(error, kind)), None)
        if declared is not None:
            return declared
        names = {cls.__name__ for cls in type(error).__mro__}
        return next((status for name, status in self._documented.items() if name in names), None)

    @cached_property
    def _documented(self) -> dict[str, int]:
        """Statuses that the docstring's `Raises:` states, by the exception's name."""
        inner = implementation(self.call)
        namespace = getattr(inner, "__globals__", None) or {}
        found = {}
        for raised in parse(inspect.getdoc(inner) or "").raises:
            status = status_of(raised, self.raises, namespace)
            if status is not None and status < 500:
                found[raised.type.rpartition(".")[2]] = status
        return found

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        return {p.name: p for p in self.endpoint.parameters}

    @cached_property
    def _arguments(self) -> Validator:
        properties: dict[str, Any] = {
            name: {"type": "array"} if p.location == "file" and p.multiple else p.location == "file" or p.schema
            for name, p in self._parameters.items()
        }
        required = [name for name, p in self._parameters.items() if p.required]
        schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
        return Validator(schema, self.schemas, formats=True)

    @cached_property
    def _adapters(self) -> dict[str, TypeAdapter[Any]]:
        found = {}
        for parameter in self.signature.parameters:
            hint = parameter.hint
            if hint is not MISSING and parameter.kind == "var-positional":
                hint = types.GenericAlias(list, (hint,))
            elif hint is not MISSING and parameter.kind == "var-keyword":
                hint = types.GenericAlias(dict, (str, hint))
            if hint is not MISSING and parameter.name in self._parameters:
                found[parameter.name] = adapter(hint)
        return found

    @cached_property
    def _field_defaults(self) -> dict[str, Callable[[], Any]]:
        """What makes the defaults that Python itself would not use, those of pydantic's `Field(...)`, at every call."""
        try:
            own = inspect.signature(self.call).parameters
        except (TypeError, ValueError):
            return {}
        found: dict[str, Callable[[], Any]] = {}
        for p in self.signature.parameters:
            plain = own[p.own].default if p.own in own else MISSING
            if p.name in self._taken_apart:
                continue
            if p.name in self._gathers and p.default is not MISSING:  # the defaults of what is inside
                found[p.name] = functools.partial(self._adapters[p.name].validate_python, p.default)
                continue
            if p.default is MISSING or not (plain is MISSING or type(plain).__name__ in _FIELD_KINDS):
                continue
            found[p.name] = p.factory if p.factory is not None else functools.partial(copy.deepcopy, p.default)
        return found

    @cached_property
    def _also(self) -> dict[str, str]:
        """Further names of parameters, and under which one each is known."""
        return {other: p.name for p in self.signature.parameters for other in p.also}

    @cached_property
    def _keywords(self) -> dict[str, str]:
        """The names by which the function takes its parameters, where those are others."""
        return {p.name: p.keyword for p in self.signature.parameters if p.keyword}

    @cached_property
    def _gathers(self) -> set[str]:
        """Values whose parts are the function's parameters."""
        return {p.name for p in self.signature.parameters if p.gathers}

    @cached_property
    def _taken_apart(self) -> set[str]:
        """Values that pydantic takes apart itself, so that they are given as they came."""
        return {p.name for p in self.signature.parameters if is_gathered(p.hint) and not p.gathers}

    @cached_property
    def _result(self) -> tuple[TypeAdapter[Any] | None, Validator | None]:
        result = self.endpoint.result
        validator = Validator(result.schema, self.schemas) if result is not None and not result.is_file else None
        hint = self.signature.result.hint
        return None if hint is MISSING else adapter(hint), validator

    def bind(self, values: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Positional and named arguments for the function, less the context parameters.

        Args:
            values: JSON values by parameter name; `File`s, or lists of them, for file parameters.

        Raises:
            Problem: 422 with an entry per field.
        """
        values = dict(values)
        for other, name in self._also.items():
            if other in values and name not in values:
                values[name] = values.pop(other)
        plain = {name: None if isinstance(value, File) else value for name, value in values.items()}
        for name, parameter in self._parameters.items():
            if parameter.location == "file" and name in plain:
                plain[name] = [None] * len(values[name]) if isinstance(values[name], list) else None
        errors = [] if self._arguments.accepts(plain) else self._arguments.errors(plain)
        wrong = {error.pointer.split("/")[1] for error in errors if error.pointer}
        errors += self._check_files(values)
        for name, made in self._adapters.items():
            if name in values and pointer([name])[1:] not in wrong:
                is_file = self._parameters[name].location == "file"
                try:
                    if is_file:
                        bound = made.validate_python(values[name])
                    else:
                        bound = made.validate_json(pydantic_core.to_json(values[name]))
                    if name not in self._taken_apart:
                        values[name] = bound
                except ValidationError as error:
                    errors += fields(error, name, values[name])
        if errors:
            raise invalid(errors)
        for name, default in self._field_defaults.items():
            if name not in values:
                values[name] = default()
        return self._placed(values)

    def dump(self, value: Any, write_file: FileWriter | None = None, loose: Loose = "") -> Json:
        """A result, or one yielded value, as JSON that fits its documented schema.

        Args:
            value: What the function gave.
            write_file: How a file inside it is written.
            loose: What becomes of a result that does not fit: `as it is` lets it pass, `fitted` makes the nearest that
                fits.

        Raises:
            BrokenResultError: It does not fit, or is no JSON.
        """
        made, validator = self._result

        def fallback(item: Any) -> Json:
            if isinstance(item, File) and write_file is not None:
                return write_file(item)
            known, travels = plain(item)
            if known:
                return travels
            raise BrokenResultError(f"the result holds a value of type {type(item).__name__}, which is not JSON")

        try:
            if made is not None:
                dumped = made.dump_python(value, mode="json", by_alias=True, warnings=False, fallback=fallback)
            else:
                dumped = pydantic_core.to_jsonable_python(
                    value, by_alias=True, fallback=fallback, inf_nan_mode="constants"
                )
        except BrokenResultError:
            raise
        except Exception as error:
            raise BrokenResultError(f"the result is not JSON: {error}") from error
        if validator is not None and loose != "as it is" and not validator.accepts(dumped):
            near = fitted(dumped, validator.schema, self.schemas, write=True) if loose == "fitted" else dumped
            if validator.accepts(near):
                return near
            if not_json := why_not_json(dumped):
                raise BrokenResultError(f"the result is not JSON: {not_json}")
            raise BrokenResultError(_broken(validator.errors(dumped)))
        return dumped

    def _check_files(self, values: Mapping[str, Any]) -> list[InvalidField]:
        errors = []
        for name, parameter in self._parameters.items():
            if parameter.location != "file" or name not in values or (values[name] is None and not parameter.required):
                continue
            given = values[name]
            if parameter.multiple:
                if not isinstance(given, list) or not all(isinstance(f, File) for f in given):
                    errors.append(InvalidField(pointer([name]), "must be files", json_type(given)))
            elif not isinstance(given, File):
                errors.append(InvalidField(pointer([name]), "must be one file", json_type(given)))
        return errors

    def _placed(self, values: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Positional where Python wants it (positional-only, and all before a filled `*args`), else by name."""
        positional: list[Any] = []
        named: dict[str, Any] = {}
        names = list(self._parameters)
        variadic = next((n for n in names if self._parameters[n].kind == "var-positional"), None)
        until = names.index(variadic) if variadic is not None and values.get(variadic) else -1
        skipped: list[str] = []  # positional ones that are not given: filled in if a later one is
        for index, name in enumerate(names):
            kind = self._parameters[name].kind
            if kind == "var-keyword":
                named.update(values.get(name) or {})
            elif kind == "var-positional":
                if index == until:
                    positional += [*self._defaults(skipped), *values[name]]
            elif kind == "positional" or (kind == "standard" and index < until):
                if name not in values:
                    skipped.append(name)
                else:
                    positional += [*self._defaults(skipped), values[name]]
                    skipped = []
            elif name in self._gathers:
                named.update(values.get(name) or {})
            elif name in values:
                named[self._keywords.get(name, name)] = values[name]
        return positional, named

    def _defaults(self, names: list[str]) -> list[Any]:
        parameters = inspect.signature(self.call).parameters if names else {}
        own = {p.name: p.own for p in self.signature.parameters}
        return [parameters[own.get(name, name)].default for name in names]


def fields(error: ValidationError, name: str, value: Json) -> list[InvalidField]:
    """Pydantic's errors about one parameter's value."""
    found = []
    for entry in error.errors(include_url=False, include_context=False, include_input=False):
        path: list[str | int] = []
        for step in entry["loc"]:  # steps may also name the branch of a union
            inside = at(value, path)
            known = (isinstance(inside, list) and isinstance(step, int)) or (
                isinstance(inside, dict) and (step in inside or entry["type"] == "missing")
            )
            if known:
                path.append(step)
        received = "nothing" if entry["type"] == "missing" else json_type(at(value, path))
        message = entry["msg"]
        found.append(InvalidField(pointer([name, *path]), message[:1].lower() + message[1:], received))
    return list(dict.fromkeys(found))


def _broken(errors: list[InvalidField]) -> str:
    shown = "; ".join(f"{e.pointer or 'the result'} {e.message}, but is {e.received}" for e in errors[:5])
    return f"the result does not fit its documented schema: {shown}"
