"""What pydantic's `Field(...)` beside a hint says about the parameter itself: its name in JSON, its default.

As `pydantic.validate_call` reads it: a parameter is known by its (validation) alias, by the first of several, and by
its own name only where it has none or the configuration says so; what the field gives by default is not required.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Annotated, Any, get_origin

from apispec.declaring import asking
from apispec.introspection.gathered import Path
from apispec.records import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """One parameter as its fields say it."""

    name: str
    """In JSON."""
    also: tuple[str, ...] = ()
    """Further names that are taken, in order."""
    has_default: bool = False
    default: Any = None
    """Where it is the same at every call."""
    factory: Callable[[], Any] | None = None
    """What makes the default at each call."""
    path: Path = ()
    """Where in a value it stands instead: `AliasPath("filter", "name")`."""


def spoken(name: str, hint: Any, config: Any = None) -> Spoken:
    """What the fields in a hint say; nothing where there is none.

    Args:
        name: The parameter's own.
        hint: Resolved; with the field of its default in it, where that is one.
        config: pydantic's configuration of `@validate_call(config=...)`; None where it is not decorated.
    """
    aliases: list[str] = []
    has_default, default, factory = False, None, None
    path: Path = ()
    for info in _fields(hint):
        found = _names(info.validation_alias if info.validation_alias is not None else info.alias)
        aliases = found or aliases
        path = _path(info.validation_alias) or path
        if not info.is_required():
            has_default, default, factory = True, info.default, info.default_factory
    generator = _option(config, "alias_generator")
    if not aliases and generator is not None:
        aliases = _generated(generator, name)
    if not aliases:
        return Spoken(name, (), has_default, default, factory, path)
    by_alias = _option(config, "validate_by_alias") is not False
    by_name = bool(_option(config, "validate_by_name") or _option(config, "populate_by_name"))
    names = [*(aliases if by_alias else []), *([name] if by_name or not by_alias else [])]
    return Spoken(names[0], tuple(names[1:]), has_default, default, factory)


def validated_config(function: Any) -> Any:
    """The configuration of a function that `pydantic.validate_call` made; None for any other one.

    It is empty, and not None, where the decorator was given none.
    """
    if sys.modules.get("pydantic") is None or not isinstance(function, types.FunctionType) or not function.__closure__:
        return None
    for cell in function.__closure__:
        try:
            held = asking.attribute(cell.cell_contents, "__self__", cell.cell_contents)
        except ValueError:  # not yet filled
            continue
        if type(held).__name__ == "ValidateCallWrapper":
            wrapper = asking.attribute(held, "config_wrapper")
            return dict(asking.attribute(wrapper, "config_dict", {}) or {})
    return None


def constant(factory: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether a default's factory gives the same plain value each time, and that; a clock, a number drawn don't."""
    try:
        first, second = factory(), factory()
        return (_is_plain(first) and type(first) is type(second) and first == second), first
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # whatever the user's factory does here
        return False, None


def _is_plain(value: Any, depth: int = 0) -> bool:
    if type(value) in (list, tuple, set, frozenset):
        return depth < 5 and all(_is_plain(item, depth + 1) for item in value)
    if type(value) is dict:
        return depth < 5 and all(_is_plain(part, depth + 1) for item in value.items() for part in item)
    return value is None or type(value) in (str, int, bool, bytes)


def _fields(hint: Any) -> list[Any]:
    fields = sys.modules.get("pydantic.fields")
    if fields is None or get_origin(hint) is not Annotated:
        return []
    return [item for item in hint.__metadata__ if asking.is_a(item, fields.FieldInfo)]


def _names(alias: Any) -> list[str]:
    """The names that an alias, or pydantic's `AliasChoices`, stands for; paths into an object are none."""
    if isinstance(alias, str):
        return [alias]
    choices = asking.attribute(alias, "choices", ())
    return [choice for choice in choices if isinstance(choice, str)] if isinstance(choices, (list, tuple)) else []


def _path(alias: Any) -> Path:
    """Where an `AliasPath` leads to, or the first of `AliasChoices`."""
    choices = asking.attribute(alias, "choices", ())
    for one in (alias, *(choices if isinstance(choices, (list, tuple)) else ())):
        parts = asking.attribute(one, "path", ())
        if isinstance(parts, (list, tuple)) and len(parts) > 1 and all(isinstance(part, (str, int)) for part in parts):
            return tuple(parts)
    return ()


def _generated(generator: Any, name: str) -> list[str]:
    made = asking.attribute(generator, "validation_alias") or asking.attribute(generator, "alias") or generator
    try:
        return _names(made(name)) if callable(made) else []
    except Exception:
        return []


def _option(config: Any, name: str) -> Any:
    return config.get(name) if isinstance(config, dict) else None
