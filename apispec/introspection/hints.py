"""Hints as they are written in a signature, made into hints that pydantic can describe.

Forward references are resolved, unknown names replaced by placeholders, and abstract types that pydantic does not know
by the concrete ones that JSON has for them. Never raises: what can't be understood is a placeholder.
"""

from __future__ import annotations

import collections.abc as c
import dataclasses
import inspect
import numbers
import operator
import sys
import types
import typing
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

import typing_extensions

from apispec.declaring import File, asking
from apispec.introspection import contexts
from apispec.introspection.placeholders import is_placeholder, placeholder
from apispec.introspection.scopes import Scope, scope_of
from apispec.introspection.texts import type_text
from apispec.introspection.uploads import kind_of
from apispec.records import dataclass

MISSING: Any = inspect.Parameter.empty
"""No hint, no default."""

_UNIONS = (Union, types.UnionType)
_LITERALS = (Literal, typing_extensions.Literal)

_QUALIFIERS = (
    *(typing.Final, typing.ClassVar, typing.Required, typing.NotRequired),
    *(typing_extensions.Required, typing_extensions.NotRequired, typing_extensions.ReadOnly),
)
"""What says something about a name and nothing about its values."""

_GUARDS = (typing.TypeGuard, typing_extensions.TypeGuard, typing_extensions.TypeIs)

_VALUES = (
    *(int, float, complex, bytes, list, tuple, dict, set, frozenset),
    *(types.FunctionType, types.BuiltinFunctionType, types.ModuleType),
)
"""What stands where a hint should and is none."""

_AS_IF: dict[Any, Any] = {
    numbers.Number: float,
    numbers.Complex: float,
    numbers.Real: float,
    numbers.Rational: float,
    numbers.Integral: int,
    typing.SupportsInt: int,
    typing.SupportsIndex: int,
    typing.SupportsFloat: float,
    typing.LiteralString: str,
    typing_extensions.LiteralString: str,
    bytearray: bytes,
    memoryview: bytes,
    typing_extensions.Buffer: bytes,
}
"""Types that pydantic can't describe and what JSON has for them: a value of the right side is one of the left, or is
taken for one by everything that takes the left."""

_ORIGIN_AS_IF: dict[Any, Any] = {
    c.Collection: list,
    c.Container: list,
    c.Reversible: list,
}
"""The same for generic types."""


def resolve(
    annotation: Any,
    scope: Scope,
    names: Mapping[str, Any] | None = None,
    owner: type | None = None,
    *,
    result: bool = False,
) -> Any:
    """The hint that an annotation stands for.

    Args:
        annotation: As `inspect.signature` gives it: a type, or a text where annotations are postponed.
        scope: Where its names are looked up.
        names: More names: type parameters, those of enclosing functions.
        owner: The class of a method, which is what `Self` means.
        result: It is the hint of a result, where an iterator is a stream and not something that takes an array.
    """
    if type(annotation) is type and annotation not in _AS_IF and annotation not in _ORIGIN_AS_IF:
        return annotation  # most hints
    if asking.is_a(annotation, str):
        annotation = scope.evaluate(annotation, names)
    try:
        key = _written_alike(annotation, result)
        if key is not None:
            found = _interned.get(key)
            if found is None:
                found = _interned[key] = _walk(annotation, _Context(scope, names, owner, result), 0)
            return found
        return _walk(annotation, _Context(scope, names, owner, result), 0)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:
        return placeholder(asking.text(annotation, type_text))


_interned: dict[Any, Any] = {}
_GENERICS: dict[Any, Callable[[Any], Any]] = {
    types.GenericAlias: lambda hint: hint.__origin__,
    types.UnionType: lambda hint: None,
    type(typing.List[int]): lambda hint: hint.__origin__,  # noqa: UP006
    type(Union[int, None]): lambda hint: None,
    type(Literal[1]): lambda hint: Literal,
}


def _written_alike(annotation: Any, result: bool) -> Any:
    """What annotations share that mean the same wherever they stand: `list[int]` is another object in each function.

    None for those that have a name in them which is looked up, or more than plain classes.
    """
    kind = type(annotation)
    origin = _GENERICS.get(kind)
    if origin is None:
        return None
    args = annotation.__args__
    if kind is _LITERAL:
        return (kind, *((type(arg), arg) for arg in args))
    if not all(type(arg) is type for arg in args) or typing.Generic in args:
        return None
    return (kind, origin(annotation), args, result)


_LITERAL = type(Literal[1])


def _unpacked(arg: Any) -> Any:
    """What is unpacked by `*tuple[...]` or `Unpack[tuple[...]]`, None for anything else."""
    if get_origin(arg) in (typing.Unpack, typing_extensions.Unpack):
        return get_args(arg)[0]
    return arg if getattr(arg, "__unpacked__", False) else None


@dataclass(frozen=True, slots=True)
class _Context:
    scope: Scope
    names: Mapping[str, Any] | None
    owner: type | None
    result: bool


def _walk(hint: Any, context: _Context, depth: int) -> Any:
    """A hint with everything inside resolved; the same object where there was nothing to do."""
    if depth > 60:
        return placeholder(type_text(hint))
    if isinstance(hint, (str, ForwardRef)):
        text = hint if isinstance(hint, str) else hint.__forward_arg__
        return _walk(context.scope.evaluate(text, context.names), context, depth + 1)
    if isinstance(hint, _VALUES):
        return placeholder(type_text(hint))
    if hint is typing.Self or hint is typing_extensions.Self:
        return context.owner or placeholder("Self")
    try:
        if hint in _AS_IF:
            return _AS_IF[hint]
    except TypeError:  # unhashable
        pass
    origin = get_origin(hint)
    if origin is None:
        if isinstance(hint, typing.TypeVar):
            return _bound(hint, context, depth)
        return _ORIGIN_AS_IF.get(hint, hint) if isinstance(hint, type) else hint
    if origin in _LITERALS or origin is c.Callable:
        return hint
    if origin is Annotated:
        base = _walk(hint.__origin__, context, depth + 1)
        return hint if base is hint.__origin__ else Annotated[(base, *hint.__metadata__)]
    if origin in _GUARDS:
        return bool  # what they are when they are called
    args = get_args(hint)
    if origin in _QUALIFIERS:
        return _walk(args[0], context, depth + 1)
    if origin is tuple and any(_unpacked(arg) for arg in args):  # any number of them anywhere: pydantic can't say where
        # A TypeVarTuple has no arguments: it stands for anything.
        inside = [part for arg in args for part in ((get_args(_unpacked(arg)) or (Any,)) if _unpacked(arg) else (arg,))]
        item = Any if Any in inside else Union[tuple(part for part in inside if part is not ...)]
        return _walk(types.GenericAlias(tuple, (item, ...)), context, depth + 1)
    walked = tuple(arg if isinstance(arg, list) or arg is Ellipsis else _walk(arg, context, depth + 1) for arg in args)
    target = _ORIGIN_AS_IF.get(origin)
    if origin is c.Iterator and not context.result:
        target = c.Iterable
    if target is not None:
        return target[walked] if walked else target
    if all(new is old for new, old in zip(walked, args, strict=True)):
        return hint
    return rebuilt(hint, walked)


def _bound(variable: typing.TypeVar, context: _Context, depth: int) -> Any:
    """A type variable; what it is bound to where that is written as text, which pydantic does not look up."""
    said = [variable.__bound__] if variable.__bound__ is not None else list(variable.__constraints__)
    if not any(isinstance(one, ForwardRef) for one in said):
        return variable
    home = sys.modules.get(variable.__module__)
    inside = context if home is None else dataclasses.replace(context, scope=scope_of(vars(home)))
    return Union[tuple(_walk(one, inside, depth + 1) for one in said)]


def rebuilt(hint: Any, args: tuple[Any, ...]) -> Any:
    """A generic hint with other arguments."""
    origin = get_origin(hint)
    if origin in _UNIONS:
        try:
            return Union[args]
        except TypeError:
            return reduce(operator.or_, args)
    if isinstance(hint, types.GenericAlias):
        return types.GenericAlias(origin, args)
    if hasattr(hint, "copy_with"):
        return hint.copy_with(args)
    return origin[args if len(args) != 1 else args[0]]


def leaves_replaced(hint: Any, replace: Callable[[Any], Any], *, bare: bool = False) -> Any:
    """A hint whose innermost types went through `replace`; a bare one loses the metadata of `Annotated`."""
    origin = get_origin(hint)
    if origin is None or getattr(origin, "_is_protocol", False):  # a generic protocol is as opaque as a plain one
        return replace(hint)
    if origin in _LITERALS or origin is c.Callable:
        return hint
    if origin is Annotated:
        inner = leaves_replaced(hint.__origin__, replace, bare=bare)
        return inner if bare else Annotated[(inner, *hint.__metadata__)]
    args = tuple(
        arg if isinstance(arg, list) or arg is Ellipsis else leaves_replaced(arg, replace, bare=bare)
        for arg in get_args(hint)
    )
    try:
        return rebuilt(hint, args)
    except Exception:
        return replace(hint)


def unwrapped(hint: Any) -> Any:
    """A hint without `Annotated` and without `None` as its alternative."""
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint = hint.__origin__
        elif origin in _UNIONS:
            rest = [arg for arg in get_args(hint) if arg is not type(None)]
            if len(rest) != 1:
                return hint
            hint = rest[0]
        else:
            return hint


@dataclass(frozen=True, slots=True)
class FileHint:
    """A hint that stands for uploaded files."""

    multiple: bool
    optional: bool
    image: bool = False
    """Whether the function takes a picture: an image of PIL."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a hint means besides its schema."""

    context: str
    """What a server fills in for it: `session`, `request`, `context`; empty where the caller does."""
    files: FileHint | None
    """How it takes files; None where it doesn't."""


_roles: dict[int, tuple[Any, Role]] = {}


def role(hint: Any) -> Role:
    """The role of a hint; the same one each time."""
    found = _roles.get(id(hint))
    if found is None or found[0] is not hint:
        found = _roles[id(hint)] = (hint, Role(_context_kind(hint), _file_hint(hint)))  # keeps the hint and so its id
    return found[1]


def _file_hint(hint: Any) -> FileHint | None:
    """How a hint takes files: `File`, `File | None`, `list[File]`; None where it doesn't."""
    inner = _alternative(hint)
    multiple = get_origin(inner) in (list, tuple, set, frozenset, c.Sequence, c.Iterable, c.Collection)
    if multiple:
        args = [arg for arg in get_args(inner) if arg is not Ellipsis]
        inner = _alternative(args[0]) if len(args) == 1 else inner
    kind = kind_of(inner)
    if not kind and not (isinstance(unwrapped(inner), type) and issubclass(unwrapped(inner), File)):
        return None
    return FileHint(multiple, accepts_none(hint), kind == "image")


def _alternative(hint: Any) -> Any:
    """A hint without `None` as its alternative, and without `Annotated` where that says nothing of files."""
    while not kind_of(hint):
        inner = hint
        if get_origin(hint) is Annotated:
            inner = hint.__origin__
        elif get_origin(hint) in _UNIONS:
            rest = [arg for arg in get_args(hint) if arg is not type(None)]
            inner = rest[0] if len(rest) == 1 else hint
        if inner is hint:
            return hint
        hint = inner
    return hint


def accepts_none(hint: Any) -> bool:
    """Whether `None` is plainly one of a hint's alternatives."""
    while get_origin(hint) is Annotated:
        hint = hint.__origin__
    if _is_union(hint):
        return any(map(accepts_none, get_args(hint)))
    return any(hint is one for one in (None, type(None), Any, object))


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in _UNIONS


def _context_kind(hint: Any) -> str:
    """What a server fills in for a hint: `session`, `request`, `context`; empty where the caller does."""
    inner = unwrapped(hint)
    if is_placeholder(inner):
        return ""
    if get_origin(inner) is not None:
        inner = get_origin(inner)  # Context[...]
    if not isinstance(inner, type):
        return ""
    return contexts.kind(inner)
