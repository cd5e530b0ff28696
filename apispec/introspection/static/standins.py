"""What stands in for classes of libraries that are not imported for a target: of SQLModel, msgspec, attrs and typer.

They are pydantic's own with what only concerns a database left out, so that both readers say the same.
"""

from __future__ import annotations

import inspect
import types
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, get_origin

import pydantic
from pydantic import BaseModel, alias_generators

from apispec.introspection.static.safety import ModuleName

_FIELD = frozenset(inspect.signature(pydantic.Field).parameters) - {"default", "extra"}
_OLDER = {"regex": "pattern", "min_items": "min_length", "max_items": "max_length", "schema_extra": "json_schema_extra"}


class SQLModel(BaseModel):
    """A model that may be a table."""

    def __init_subclass__(cls, table: bool = False, registry: Any = None, **options: Any) -> None:
        super().__init_subclass__(**options)

    @classmethod
    def __pydantic_init_subclass__(cls, table: bool = False, registry: Any = None, **options: Any) -> None:
        super().__pydantic_init_subclass__(**options)


class Dropped:
    """A value of a class that makes no field."""


def Field(default: Any = ..., **options: Any) -> Any:  # noqa: N802 - as it is called there
    """A field, without its column."""
    kept = {_OLDER.get(name, name): value for name, value in options.items()}
    given = {name: value for name, value in kept.items() if name in _FIELD}
    if default is ... and "default_factory" in given:
        return pydantic.Field(**given)
    return pydantic.Field(default, **given)


def Relationship(**options: Any) -> Dropped:  # noqa: N802
    """What another table has."""
    return Dropped()


_RENAMED: dict[str, Any] = {
    "lower": str.lower,
    "upper": str.upper,
    "camel": alias_generators.to_camel,
    "pascal": alias_generators.to_pascal,
    "kebab": lambda name: name.strip("_").replace("_", "-"),
}


class Struct(BaseModel):
    """A struct of msgspec."""

    def __init_subclass__(
        cls,
        rename: Any = None,
        tag: Any = None,
        tag_field: Any = None,
        forbid_unknown_fields: bool = False,
        **options: Any,
    ) -> None:
        super().__init_subclass__()
        if rename in _RENAMED:
            cls.model_config["alias_generator"] = _RENAMED[rename]
        if forbid_unknown_fields:
            cls.model_config["extra"] = "forbid"
        if tag is not None or tag_field is not None:
            own = inspect.get_annotations(cls)
            name, value = tag_field or "type", cls.__name__ if tag in (None, True) else tag
            cls.__annotations__ = {name: Literal[value], **own}
            setattr(cls, name, value)

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        super().__pydantic_init_subclass__()


def field(default: Any = ..., default_factory: Any = None, name: str | None = None) -> Any:
    """A field of a struct."""
    if default_factory in (list, dict, set):  # as they are shown
        default = default_factory()
    elif default_factory is not None:
        return pydantic.Field(default_factory=default_factory, alias=name)
    return pydantic.Field(default, alias=name)


def Meta(**options: Any) -> Any:  # noqa: N802
    """What a hint says beside its type."""
    older = {**_OLDER, "extra_json_schema": "json_schema_extra"}
    kept = {older.get(name, name): value for name, value in options.items()}
    return pydantic.Field(**{name: value for name, value in kept.items() if name in _FIELD})


@dataclass
class Attribute:
    """A field of a class of attrs."""

    default: Any = ...
    hint: Any = Any
    said: tuple[Any, ...] = ()
    alias: str | None = None
    init: bool = True


def attrib(
    default: Any = ..., validator: Any = None, factory: Any = None, alias: Any = None,
    init: bool = True, **options: Any,
) -> Attribute:  # fmt: skip
    """A field of a class of attrs, by whichever name."""
    said = validator if isinstance(validator, list) else [validator]
    if factory is not None:
        default = Factory(factory)
    hint = options.get("type", Any)
    return Attribute(default, hint, tuple(one for one in said if one is not None), alias, init)


def Factory(factory: Any, **options: Any) -> Any:  # noqa: N802
    """A default that is made: an empty one of Python's own is known."""
    return (
        pydantic.Field(factory()) if factory in (list, dict, set, str, int) else pydantic.Field(default_factory=factory)
    )


def limit(name: str) -> Any:
    """What a validator of attrs says of a value, as a function of its argument; nothing where that is not known."""
    return _LIMITS.get(name, nothing)


def _limiting(name: str, keyword: str) -> Any:
    def said(value: Any) -> Any:
        return pydantic.Field(**{keyword: value})

    said.__name__ = said.__qualname__ = name
    return said


_KEYWORDS = {"ge": "ge", "gt": "gt", "le": "le", "lt": "lt", "min_len": "min_length", "max_len": "max_length"}
_LIMITS: dict[str, Any] = {name: _limiting(name, keyword) for name, keyword in _KEYWORDS.items()}


def nothing(*values: Any, **options: Any) -> None:
    """What a schema does not tell."""
    return


def define(*given: Any, **options: Any) -> None:
    """The decorator of attrs, by whichever name; `model` does what it does."""


def model(cls: Any) -> Any:
    """The model with the fields of a class of attrs."""
    if issubclass(cls, BaseModel):
        return cls
    hints = inspect.get_annotations(cls)
    values = dict(vars(cls))
    names = [*hints, *(name for name, value in values.items() if isinstance(value, Attribute) and name not in hints)]
    namespace: dict[str, Any] = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    annotations: dict[str, Any] = {}
    for name in names:
        value = values.get(name, ...)
        one = value if isinstance(value, Attribute) else Attribute(value)
        hint = hints.get(name, one.hint)
        if not one.init or get_origin(hint) is ClassVar:
            continue
        public = one.alias or name.lstrip("_") or name
        annotations[public] = Annotated[(hint, *one.said)] if one.said else hint
        if one.default is not ...:
            namespace[public] = one.default
    namespace["__annotations__"] = annotations
    return types.new_class(cls.__name__, (BaseModel,), {}, lambda body: body.update(namespace))


@dataclass
class TyperInfo:
    """What typer's `Option(...)` and `Argument(...)` are."""

    default: Any
    help: str | None = None
    min: float | None = None
    max: float | None = None
    clamp: bool = False


TyperInfo.__module__ = "typer.models"  # by which it is known


def Option(default: Any = ..., *names: Any, **options: Any) -> TyperInfo:  # noqa: N802
    """An option of typer."""
    return TyperInfo(default, **{name: value for name, value in options.items() if name in _OF_TYPER})


def Argument(default: Any = ..., **options: Any) -> TyperInfo:  # noqa: N802
    """An argument of typer."""
    return Option(default, **options)


_OF_TYPER = frozenset({"help", "min", "max", "clamp"})
_KNOWN: dict[str, Any] = {
    "typer.Option": Option,
    "typer.Argument": Argument,
    "sqlmodel.SQLModel": SQLModel,
    "sqlmodel.Field": Field,
    "sqlmodel.Relationship": Relationship,
    "sqlmodel.main.SQLModel": SQLModel,
    "msgspec.Struct": Struct,
    "msgspec.field": field,
    "msgspec.Meta": Meta,
    **{
        f"{package}.{name}": define
        for package in ("attr", "attrs")
        for name in ("define", "frozen", "mutable", "s", "attrs", "attributes", "dataclass", "attr_s")
    },
    **{f"{package}.{name}": attrib for package in ("attr", "attrs") for name in ("field", "ib", "attrib", "attr")},
    **{f"{package}.Factory": Factory for package in ("attr", "attrs")},
    **{f"{package}.validators": ModuleName(f"{package}.validators") for package in ("attr", "attrs")},
}


def of(path: str) -> Any:
    """What stands in for a dotted path; None where nothing does."""
    owner, _, name = path.rpartition(".")
    if owner == "rich_click":  # has what click has, under the same names
        import click

        return getattr(click, name, None)
    return limit(name) if owner in ("attr.validators", "attrs.validators") else _KNOWN.get(path)
