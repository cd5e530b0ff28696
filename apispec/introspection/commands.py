"""Commands of click as functions: what their arguments and options say as hints and defaults.

Calling one does what the command line does once it has read its arguments: conversions, callbacks and the context are
click's own. Groups hold commands and are none. https://click.palletsprojects.com/en/stable/parameters/
"""

from __future__ import annotations

import datetime
import inspect
import sys
import types
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Annotated, Any, Literal

from apispec.declaring import asking
from apispec.introspection.callables import implementation

_FAMILY = ("click", "rich_click", "asyncclick", "cloup")


def is_command(value: Any) -> bool:
    """Whether an object is a command of click and no group. click is not imported for what isn't."""
    loaded = [sys.modules[name] for name in _FAMILY if name in sys.modules]
    kinds = [kind for module in loaded if isinstance(kind := getattr(module, "Command", None), type)]
    groups = [kind for module in loaded if isinstance(kind := getattr(module, "Group", None), type)]
    return (
        bool(kinds)
        and asking.is_a(value, *kinds)
        and not asking.is_a(value, *groups)
        and callable(asking.attribute(value, "callback"))
    )


def as_function(command: Any) -> Callable[..., Any]:
    """A function that does what a command does, at the place of the command's own.

    Args:
        command: What `is_command`.
    """
    inner = implementation(command.callback)
    own = asking.attribute(inner, "__annotations__", {}) or {}
    signed = signature(command.params, own)

    def call(**given: Any) -> Any:
        bound = signed.bind(**given)
        bound.apply_defaults()
        values = bound.arguments
        click = sys.modules[type(command).__mro__[-2].__module__.partition(".")[0]]
        with click.Context(command, info_name=command.name) as context:
            for parameter in command.params:
                if parameter.name in given:
                    values[parameter.name] = _processed(parameter, context, values[parameter.name])
            return context.invoke(command.callback, **values)

    made = _placed(call, inner)
    text = asking.attribute(inner, "__doc__")
    made.__doc__ = command.help or (text if isinstance(text, str) else None)
    made.__wrapped__ = inner  # type: ignore[attr-defined]
    if command.deprecated:
        made.__deprecated__ = command.deprecated if isinstance(command.deprecated, str) else ""  # type: ignore[attr-defined]
    made.__signature__ = signed  # type: ignore[attr-defined]
    return made


def signature(parameters: Iterable[Any], hints: dict[str, Any]) -> inspect.Signature:
    """What a command's parameters are as those of a function.

    Args:
        parameters: `click.Argument`s and `click.Option`s.
        hints: The function's own annotations, which count where a parameter says no type.
    """
    made = [_parameter(one, hints) for one in parameters if _is_given(one)]
    return inspect.Signature(made, return_annotation=hints.get("return", inspect.Signature.empty))


def _placed(call: Any, inner: Any) -> types.FunctionType:
    """The function with the name and the place of the one that the command calls."""
    made: types.FunctionType = call
    code = asking.attribute(inner, "__code__")
    if isinstance(code, types.CodeType):
        made.__code__ = made.__code__.replace(co_filename=code.co_filename, co_firstlineno=code.co_firstlineno)
    for name in ("__name__", "__qualname__", "__module__"):
        setattr(made, name, asking.attribute(inner, name))
    return made


def _processed(parameter: Any, context: Any, value: Any) -> Any:
    """A value as the parameter's own callback leaves it; its type has converted it already."""
    return value if parameter.callback is None else parameter.callback(context, parameter, value)


def _is_given(parameter: Any) -> bool:
    return bool(parameter.expose_value) and not parameter.is_eager and str(parameter.name).isidentifier()


def _parameter(parameter: Any, hints: dict[str, Any]) -> inspect.Parameter:
    name = str(parameter.name)
    hint = _hint(parameter)
    if hint is str and name in hints:
        hint = hints[name]
    many = bool(getattr(parameter, "multiple", False)) or parameter.nargs == -1
    if parameter.nargs > 1 and not _is_tuple(parameter.type):
        hint = types.GenericAlias(tuple, (hint,) * parameter.nargs)
    if many:
        hint = types.GenericAlias(tuple, (hint, ...))
    known, default = _default(parameter, many)
    required = parameter.required or (not known and bool(getattr(parameter, "prompt", None)))
    if not required and default is None:
        hint = hint if isinstance(hint, str) else hint | None
    text = getattr(parameter, "help", None)
    if isinstance(text, str) and text and not isinstance(hint, str):
        hint = Annotated[hint, inspect.cleandoc(text)]
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=hint,
        default=inspect.Parameter.empty if required else default,
    )


def _default(parameter: Any, many: bool) -> tuple[bool, Any]:
    """Whether a parameter has a default of its own, and the one it has."""
    default = parameter.default
    if callable(default) and not isinstance(default, type):
        default = default()
    if default is None or type(default).__name__ == "Sentinel":  # click 8.3 has a value of its own for none
        if many:
            return False, ()
        return False, False if getattr(parameter, "is_flag", False) and _kind(
            parameter.type
        ) == "BoolParamType" else None
    return True, tuple(default) if many and isinstance(default, (list, tuple)) else default


def _kind(kind: Any) -> str:
    return next((c.__name__ for c in type(kind).__mro__ if c.__name__ in _PLAIN or c.__name__ in _SPECIAL), "")


def _is_tuple(kind: Any) -> bool:
    return _kind(kind) == "Tuple"


def _hint(parameter: Any) -> Any:
    """The hint of one value of a parameter."""
    return _hint_of(parameter.type)


def _hint_of(kind: Any) -> Any:
    name = _kind(kind)
    plain = _PLAIN.get(name)
    if plain is not None:
        return plain
    if name == "Choice":
        choices = tuple(getattr(one, "name", one) for one in kind.choices)
        if all(isinstance(one, (str, int, bool)) for one in choices) and choices:
            hint: Any = Literal[choices]
            return hint if all(isinstance(one, (str, int)) for one in kind.choices) else _converted(hint, kind)
    if name in ("IntRange", "FloatRange"):
        from pydantic import Field

        limits = {
            ("gt" if kind.min_open else "ge"): kind.min,
            ("lt" if kind.max_open else "le"): kind.max,
        }
        base = int if name == "IntRange" else float
        if kind.clamp:  # any number is taken, and the nearest one used
            return _converted(base, kind)
        return Annotated[base, Field(**{key: value for key, value in limits.items() if value is not None})]
    if name == "Path":
        return str if kind.type is None or kind.type is str else Path if kind.type is Path else str
    if name == "File":
        return IO[bytes] if "b" in kind.mode else IO[str]
    if name == "Tuple":
        return types.GenericAlias(tuple, tuple(map(_hint_of, kind.types)))
    return _converted(str, kind)


def _converted(hint: Any, kind: Any) -> Any:
    """A hint whose values the type of a parameter converts."""
    from pydantic import AfterValidator

    def convert(value: Any) -> Any:
        try:
            return kind.convert(value, None, None)
        except Exception as error:
            message = getattr(error, "message", None) or str(error)
            raise ValueError(message) from error

    convert.__module__ = type(kind).__module__  # whose it is
    return Annotated[hint, AfterValidator(convert)]


_PLAIN: dict[str, Any] = {
    "StringParamType": str,
    "IntParamType": int,
    "FloatParamType": float,
    "BoolParamType": bool,
    "UUIDParameterType": uuid.UUID,
    "DateTime": datetime.datetime,
    "UnprocessedParamType": str,
}
_SPECIAL = frozenset({"Choice", "IntRange", "FloatRange", "Path", "File", "Tuple", "FuncParamType"})
