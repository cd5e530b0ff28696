"""A callable's parameters and result as they are in Python: names, kinds, resolved hints, exact defaults.

`read` is what the endpoints are described from and what the server calls them by. No schemas and no docstrings here.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from apispec.declaring import asking
from apispec.introspection.callables import (
    anything,
    dispatches,
    implementation,
    inspected,
    is_dispatching_method,
    plainly,
    signed_elsewhere,
    written,
)
from apispec.introspection.hints import MISSING, resolve
from apispec.introspection.overloads import RESULT, hints_of, overload_text, overloads_of
from apispec.introspection.read_parameters import SignatureParameter, parameter_safely
from apispec.introspection.results import ResultHint, result_hint
from apispec.introspection.said_parameters import said, together
from apispec.introspection.scopes import Scope, scope_of
from apispec.introspection.spoken import validated_config
from apispec.introspection.stubs import stub_signature
from apispec.records import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known about a callable without calling it."""

    parameters: tuple[SignatureParameter, ...]
    result: ResultHint
    overloads: tuple[str, ...] = ()
    """Signatures of its overloads, as text."""
    unknown: str = ""
    """Why the parameters are not known, where they aren't."""


def read(
    function: Callable[..., Any], *, stream: bool | None = None, names: Mapping[str, Any] | None = None
) -> Signature:
    """The signature of any callable. Never raises.

    Args:
        function: A function, method, partial, class, or object with `__call__`.
        stream: Whether it streams, where the declaration says so.
        names: Names of the function that defined it, for hints.
    """
    inner = implementation(function)
    scope, local, owner = _surroundings(function, inner, names)
    unknown = ""
    raw: list[Any]
    try:
        if type(function) is types.FunctionType and not function.__dict__ and sys.version_info < (3, 14):
            raw, annotation = plainly(function)
        else:
            signature = inspected(function)
            raw = list(signature.parameters.values())
            annotation = signature.return_annotation
    except Exception as error:
        stub = stub_signature(function)
        raw, annotation = anything() if stub is None else list(stub.parameters.values()), MISSING
        if stub is None:
            unknown = f"Python does not tell its parameters ({type(error).__name__})"
    if is_dispatching_method(function):
        raw = raw[1:]
    parameters: list[SignatureParameter] = []
    taken = {p.name for p in raw}
    for parameter in raw:
        parameters.extend(parameter_safely(parameter, scope, local, owner, taken))
    config = validated_config(function)
    parameters = together([said(p, config) for p in parameters])
    if dispatches(function) and parameters and parameters[0].kind == "standard":
        parameters[0] = replace(parameters[0], kind="positional")
    hint = MISSING if annotation is MISSING else resolve(annotation, scope, local, owner, result=True)
    if isinstance(function, type):
        hint = function
    overloads: tuple[str, ...] = ()
    variants = overloads_of(inner) or overloads_of(function)
    if variants:
        overloads = tuple(overload_text(inner.__name__, variant) for variant in variants)
        told = hints_of(variants, lambda annotation, result: resolve(annotation, scope, local, owner, result=result))
        parameters = [replace(p, hint=told[p.own]) if p.hint is MISSING and p.own in told else p for p in parameters]
        hint = told.get(RESULT, MISSING) if hint is MISSING else hint
    return Signature(tuple(parameters), result_hint(hint, function, stream), overloads, unknown)


def own_names(signature: Signature, implementation: Any) -> set[str]:
    """The names of a function's parameters, also those that a partial gives and of `**kwargs` that is unpacked.

    Args:
        signature: From `read`.
        implementation: The innermost function.
    """
    names = {one.own for one in signature.parameters}
    code = asking.attribute(implementation, "__code__")
    if isinstance(code, types.CodeType):
        more = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
        names.update(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + more])
    return names


def _surroundings(
    function: Any, inner: Any, names: Mapping[str, Any] | None
) -> tuple[Scope, dict[str, Any] | None, type | None]:
    """Where hints are looked up: the module, names of type parameters and enclosing functions, the method's class."""
    owner = asking.attribute(function, "__self__")
    if owner is not None and not isinstance(owner, (type, types.ModuleType)):
        owner = type(owner)
    if not isinstance(owner, type):
        owner = function if isinstance(function, type) else None
    namespace = asking.attribute(written(inner), "__globals__")
    if (home := signed_elsewhere(inner)) is not None:
        namespace = vars(home)
    if isinstance(namespace, dict):
        scope = scope_of(namespace)
    else:
        module = sys.modules.get(str(asking.attribute(inner, "__module__") or ""))
        scope = scope_of(vars(module)) if module is not None else scope_of({})
    local: dict[str, Any] = dict(names or {})
    if owner is not None and inner is not function:
        local = {**vars(owner), **local} if isinstance(owner, type) else local
    if asking.is_a(inner, types.FunctionType) and inner.__closure__:
        for name, cell in zip(inner.__code__.co_freevars, inner.__closure__, strict=True):
            try:
                local[name] = cell.cell_contents
            except ValueError:  # not yet filled
                continue
    for parameter in (
        inner.__type_params__ if sys.version_info >= (3, 12) and asking.is_a(inner, types.FunctionType) else ()
    ):
        local[parameter.__name__] = parameter
    return scope, local or None, owner
