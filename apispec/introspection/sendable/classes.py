"""Classes of attrs, msgspec and pydantic 1: objects with their fields, by the names that they travel under."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Union

from apispec.introspection.sendable import Sent, sendable
from apispec.introspection.sendable.constraints import field as said
from apispec.introspection.sendable.constraints import of_attrs, of_pydantic1

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a class."""

    name: str
    """In JSON."""
    attribute: str
    argument: str
    hint: Any
    required: bool
    default: Any = _NOTHING
    settable: bool = True

    @property
    def made(self) -> bool:
        """Whether the class makes it itself, so that nobody gives it."""
        return not self.settable and bool(self.attribute)


def sent(hint: Any) -> Sent | None:
    """How an instance of such a class travels."""
    if not isinstance(hint, type):
        return None
    old = of_pydantic1(hint) if "pydantic.v1" in sys.modules else None
    if old is not None:
        return Sent(old, lambda value: value, lambda value: value)
    read = next((read for read in (_attrs, _msgspec, _pydantic1) if _is_one(read, hint)), None)
    if read is None:
        return None
    made = _Object(hint, read)
    return Sent(made, made.load, made.dump, whole=True)


class _Object:
    """Stands for a class in a hint; pydantic asks it for the schema of the object.

    Args:
        cls: The class.
        read: What reads its fields.
    """

    def __init__(self, cls: type, read: Callable[[type], Iterator[Field]]) -> None:
        self.cls = cls
        self.read = read

    @cached_property
    def fields(self) -> dict[str, Field]:
        """By their names in JSON."""
        return {field.name: field for field in self.read(self.cls)}

    def load(self, value: dict[str, Any]) -> Any:
        """An instance.

        Raises:
            ValueError: Whatever the class raises.
        """
        known = self.fields
        try:
            return self.cls(**{known[name].argument: inner for name, inner in value.items() if known[name].settable})
        except ValueError:
            raise
        except Exception as error:
            raise ValueError(str(error) or type(error).__name__) from error

    def dump(self, value: Any) -> Any:
        """The object that travels."""
        found = {name: getattr(value, field.attribute, field.default) for name, field in self.fields.items()}
        return {name: inner for name, inner in found.items() if inner is not _NOTHING}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        cls = self.cls
        ref = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
        if cls in _open:  # a class that holds itself
            return core_schema.definition_reference_schema(ref)
        _open.append(cls)
        try:
            given, inner = {}, {}
            for name, field in self.fields.items():
                schema = handler.generate_schema(sendable(field.hint))
                if field.default is not _NOTHING:
                    schema = core_schema.with_default_schema(schema, default=field.default)
                inner[name] = core_schema.typed_dict_field(schema, required=field.required or field.made)
                if not field.made:
                    given[name] = core_schema.typed_dict_field(schema, required=field.required and field.settable)
            extra: Any = "forbid" if _forbids_more(cls) else None
            described = core_schema.typed_dict_schema(given, cls=cls, cls_name=cls.__name__, extra_behavior=extra)
            shown = core_schema.typed_dict_schema(inner, cls=cls, cls_name=cls.__name__, extra_behavior=extra)
        finally:
            _open.remove(cls)
        dumping = core_schema.plain_serializer_function_ser_schema(self.dump, return_schema=shown)
        return core_schema.no_info_after_validator_function(self.load, described, ref=ref, serialization=dumping)


_open: list[type] = []


def _forbids_more(cls: Any) -> bool:
    """Whether a class refuses fields that it does not have."""
    if getattr(getattr(cls, "__struct_config__", None), "forbid_unknown_fields", False):
        return True
    extra = getattr(getattr(cls, "__config__", None), "extra", None)
    return getattr(extra, "value", extra) == "forbid"


def _is_one(read: Callable[[type], Iterator[Field]], cls: type) -> bool:
    if read is _attrs:
        return "attr" in sys.modules and "__attrs_attrs__" in cls.__dict__
    if read is _msgspec:
        msgspec = sys.modules.get("msgspec")
        return msgspec is not None and issubclass(cls, msgspec.Struct) and cls is not msgspec.Struct
    v1 = sys.modules.get("pydantic.v1")
    return v1 is not None and issubclass(cls, v1.BaseModel) and cls is not v1.BaseModel


def _attrs(cls: type) -> Iterator[Field]:
    attr: Any = sys.modules["attr"]
    from apispec.introspection.hints import resolve
    from apispec.introspection.scopes import scope_of_class

    for one in attr.fields(cls):
        hint = Any if one.type is None else of_attrs(resolve(one.type, scope_of_class(cls)), one.validator)
        default = one.default
        if isinstance(default, attr.Factory):  # type: ignore[arg-type,unused-ignore]
            default = default.factory() if default.factory in (list, dict, set, str, int) else _NOTHING
        elif default is attr.NOTHING:
            default = _NOTHING
        name = one.name.lstrip("_") or one.name
        yield Field(name, one.name, one.alias or name, hint, one.default is attr.NOTHING, default, one.init)


def _msgspec(cls: type) -> Iterator[Field]:
    import msgspec

    from apispec.introspection.hints import resolve
    from apispec.introspection.scopes import scope_of_class

    tag = getattr(cls, "__struct_config__", None)
    if tag is not None and getattr(tag, "tag_field", None):
        from typing import Literal

        yield Field(tag.tag_field, "", "", Literal[tag.tag], False, tag.tag, settable=False)
    for one in msgspec.structs.fields(cls):
        default = one.default
        if default is msgspec.NODEFAULT:
            default = one.default_factory() if one.default_factory in (list, dict, set) else _NOTHING
        hint = resolve(one.type, scope_of_class(cls))
        yield Field(one.encode_name, one.name, one.name, hint, one.required, default)


def _pydantic1(cls: type) -> Iterator[Field]:
    fields: dict[str, Any] = cls.__fields__  # type: ignore[attr-defined]
    for name, one in fields.items():
        default = _NOTHING if one.required or one.default_factory is not None else one.default
        hint = one.outer_type_ if one.required or not one.allow_none else Union[one.outer_type_, None]
        more = said(title=one.field_info.title, description=one.field_info.description)
        hint = hint if more is None else Annotated[hint, more]
        yield Field(one.alias, name, one.alias, hint, bool(one.required), default)
