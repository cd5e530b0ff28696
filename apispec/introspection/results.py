"""What arrives when a function is called: the hint of its result, awaited and with streams opened."""

from __future__ import annotations

import collections.abc as c
import contextlib
import dis
import functools
import inspect
import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

import typing_extensions

from apispec.declaring import asking
from apispec.introspection.hints import MISSING, accepts_none, role
from apispec.records import dataclass

_AWAITABLES = (c.Awaitable, c.Coroutine)
_STREAMS = (c.Iterator, c.Generator, c.AsyncIterator, c.AsyncGenerator, c.AsyncIterable)
_NEVER = (typing.NoReturn, typing.Never, typing_extensions.Never, typing_extensions.NoReturn)


@dataclass(frozen=True, slots=True)
class ResultHint:
    """What a successful call gives."""

    hint: Any
    """Of the answer, of one value where `streaming`; MISSING where nothing says it."""
    streaming: bool = False
    never: bool = False
    """The function never returns."""
    is_file: bool = False
    nullable: bool = False
    """For files: there may be none."""


def result_hint(hint: Any, function: Callable[..., Any], stream: bool | None = None) -> ResultHint:
    """What arrives for a function of that result hint.

    Args:
        hint: Resolved; MISSING where there is none.
        function: Whether it is a generator decides where the hint leaves it open.
        stream: What the declaration says.
    """
    if _makes_context_manager(function):
        return ResultHint(contextlib.AbstractContextManager)
    hint = _awaited(hint)
    if hint is MISSING and stream is None and gives_function(function):
        return ResultHint(Callable)
    if hint in _NEVER if hint is not MISSING else False:
        return ResultHint(hint, never=True)
    outer = hint.__origin__ if get_origin(hint) is Annotated else hint
    origin = get_origin(outer) or outer
    generates = is_generator(function)
    streaming = stream
    if streaming is None:
        streaming = generates or (isinstance(origin, type) and origin in _STREAMS)
    if isinstance(origin, type) and (origin in _STREAMS or (origin is c.Iterable and generates)):
        args = get_args(outer)
        item = _awaited(args[0]) if args else MISSING
        if item is type(None) or item is None:
            item = type(None)
        return ResultHint(item, streaming=True) if streaming else ResultHint(_list_of(item))
    if streaming and not generates:  # declared a stream of what it returns
        args = get_args(outer)
        item = args[0] if args and origin in (list, tuple, set, c.Iterable, c.Sequence, c.Collection) else MISSING
        return ResultHint(item, streaming=True)
    files = None if hint is MISSING else role(hint).files
    if files is not None and not files.multiple and not streaming:
        return ResultHint(hint, is_file=True, nullable=accepts_none(hint))
    return ResultHint(type(None) if hint is None else hint, streaming=bool(streaming))


def is_generator(function: Any) -> bool:
    """Whether a callable is a generator function, synchronous or not; what a decorator wraps does not count."""
    while isinstance(function, functools.partial):
        function = function.func
    function = asking.attribute(function, "__func__", function)
    if not isinstance(function, types.FunctionType):
        function = getattr(type(function), "__call__", None)  # noqa: B004 - the method itself is wanted
    code = getattr(function, "__code__", None)
    return isinstance(code, types.CodeType) and bool(
        code.co_flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR)
    )


def gives_function(function: Any) -> bool:
    """Whether all that a function returns are functions that it defines, as decorators do."""
    code = asking.attribute(function, "__code__")
    if type(function) is not types.FunctionType or not isinstance(code, types.CodeType):
        return False
    nested = {inner.co_name for inner in code.co_consts if isinstance(inner, types.CodeType)}
    if not nested or code.co_flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR):
        return False
    found = False
    before: dis.Instruction | None = None
    for instruction in dis.get_instructions(code):
        if instruction.opname.startswith("RETURN_") and instruction.opname != "RETURN_GENERATOR":
            if before is None or instruction.opname == "RETURN_CONST":
                return False
            made = before.opname in ("MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE")
            if not made and not (before.opname.startswith("LOAD_") and before.argval in nested):
                return False
            found = True
        before = instruction
    return found


def _makes_context_manager(function: Any) -> bool:
    """Whether `contextlib.contextmanager` made it: it claims to yield what its context manager gives."""
    code = asking.attribute(asking.attribute(function, "__func__", function), "__code__")
    return isinstance(code, types.CodeType) and code.co_filename == contextlib.__file__


def _awaited(hint: Any) -> Any:
    while (origin := get_origin(hint)) in _AWAITABLES:
        args = get_args(hint)
        if not args:
            return MISSING
        hint = args[2] if origin is c.Coroutine and len(args) == 3 else args[0]
    return MISSING if hint in (c.Awaitable, c.Coroutine) else hint


def _list_of(item: Any) -> Any:
    return list if item is MISSING else list[item]
