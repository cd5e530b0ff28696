"""What Python tells of a callable: the function behind it, its parameters as `inspect` has them, its annotations."""

from __future__ import annotations

import functools
import inspect
import sys
import types
import typing
from typing import Any

from apispec.declaring import asking
from apispec.introspection.hints import MISSING

_DEPTH = 40
_POSITIONAL = inspect.Parameter.POSITIONAL_ONLY
_STANDARD = inspect.Parameter.POSITIONAL_OR_KEYWORD


def implementation(function: Any) -> Any:
    """The function at the bottom of partials, methods, decorators that keep `__wrapped__`, classes and `__call__`."""
    for _ in range(_DEPTH):
        if isinstance(function, types.FunctionType):
            if "__wrapped__" not in function.__dict__ or asking.is_a(
                function.__dict__.get("__signature__"), inspect.Signature
            ):
                return function
            function = function.__dict__["__wrapped__"]
        elif isinstance(function, (functools.partial, functools.partialmethod)):
            function = function.func
        elif isinstance(function, types.MethodType):
            function = function.__func__
        elif isinstance(function, type):
            found = next((c.__dict__["__init__"] for c in function.__mro__ if "__init__" in c.__dict__), None)
            new = next((c.__dict__["__new__"] for c in function.__mro__ if "__new__" in c.__dict__), None)
            return next((f for f in (found, new) if isinstance(f, types.FunctionType)), function)
        elif asking.has(function, "__wrapped__"):
            function = function.__wrapped__
        elif isinstance(function, (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)):
            return function
        else:
            call = getattr(type(function), "__call__", None)  # noqa: B004 - the method itself is wanted
            if call is None or not isinstance(call, types.FunctionType):
                return function
            function = call
    return function


def written(inner: Any) -> Any:
    """The function whose module the names of a signature are of: a decorator may hand on that of what it wraps."""
    for _ in range(_DEPTH):
        wrapped = inner.__dict__.get("__wrapped__") if asking.is_a(inner, types.FunctionType) else None
        if not asking.is_a(wrapped, types.FunctionType):
            return inner
        inner = wrapped
    return inner


def signed_elsewhere(inner: Any) -> types.ModuleType | None:
    """The module of what a decorator wrapped, where it left that one's signature (`__signature__`) and nothing else."""
    if type(inner) is not types.FunctionType or "__signature__" not in inner.__dict__:
        return None
    home = inner.__module__
    module = sys.modules.get(home) if isinstance(home, str) else None
    return module if module is not None and module.__dict__ is not written(inner).__globals__ else None


def is_dispatching_method(function: Any) -> bool:
    """Whether it is a bound `functools.singledispatchmethod`, which claims the signature of the unbound function."""
    code = asking.attribute(function, "__code__")
    return isinstance(code, types.CodeType) and code.co_name == "_method" and code.co_filename == functools.__file__


def dispatches(function: Any) -> bool:
    """Whether `functools.singledispatch` made it, which looks at its first argument by position alone."""
    code = asking.attribute(function, "__code__")
    return (
        isinstance(code, types.CodeType)
        and code.co_filename == functools.__file__
        and callable(asking.attribute(function, "dispatch"))
    )


class Raw(typing.NamedTuple):
    """A parameter as `inspect.Parameter` has it, which checks its parts and costs five times as much."""

    name: str
    kind: Any
    annotation: Any
    default: Any

    def replace(self, **changes: Any) -> Raw:
        """One that differs."""
        return self._replace(**changes)


def plainly(function: types.FunctionType) -> tuple[list[Raw], Any]:
    """Parameters and annotation of the result of a function that nothing is attached to, as `inspect` reads them."""
    code, annotations, defaults = function.__code__, function.__annotations__, function.__defaults__ or ()
    names, count, only = code.co_varnames, code.co_argcount, code.co_posonlyargcount
    first = count - len(defaults)
    raw = [
        Raw(
            name,
            _POSITIONAL if i < only else _STANDARD,
            annotations.get(name, MISSING),
            defaults[i - first] if i >= first else MISSING,
        )
        for i, name in enumerate(names[:count])
    ]
    after = count + code.co_kwonlyargcount
    at = after
    if code.co_flags & inspect.CO_VARARGS:
        raw.append(Raw(names[at], inspect.Parameter.VAR_POSITIONAL, annotations.get(names[at], MISSING), MISSING))
        at += 1
    keywords = function.__kwdefaults__ or {}
    raw += [
        Raw(name, inspect.Parameter.KEYWORD_ONLY, annotations.get(name, MISSING), keywords.get(name, MISSING))
        for name in names[count:after]
    ]
    if code.co_flags & inspect.CO_VARKEYWORDS:
        raw.append(Raw(names[at], inspect.Parameter.VAR_KEYWORD, annotations.get(names[at], MISSING), MISSING))
    return raw, annotations.get("return", MISSING)


def inspected(function: Any) -> inspect.Signature:
    """Its signature, without `__signature__` where that is none.

    Raises:
        Exception: Python tells none.
    """
    try:
        return _lazy_signature(function)
    except Exception:
        inner = implementation(function)  # a `__signature__` that is none, attributes that raise
        if not isinstance(inner, types.FunctionType):
            raise
        plain = types.FunctionType(
            inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__, inner.__closure__
        )
        plain.__kwdefaults__ = inner.__kwdefaults__
        plain.__annotations__ = inner.__annotations__
        takes_self = getattr(type(function), "__call__", None) is inner  # noqa: B004 - the method itself is wanted
        return _lazy_signature(types.MethodType(plain, function) if takes_self else plain)


if sys.version_info >= (3, 14):
    import annotationlib

    _lazy_signature = functools.partial(inspect.signature, annotation_format=annotationlib.Format.FORWARDREF)
else:
    _lazy_signature = inspect.signature


def anything() -> list[inspect.Parameter]:
    """The parameters of what Python can't tell them of."""
    return [
        inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
        inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD),
    ]
