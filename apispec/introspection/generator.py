"""The JSON Schema generator of pydantic with our choices: open schemas instead of errors, texts of fields.

Public extension points of `GenerateJsonSchema` are overridden; the table of types stays pydantic's.
"""

from __future__ import annotations

import enum
import functools
import math
import operator
from collections.abc import Callable
from inspect import cleandoc
from typing import Any, Literal

from pydantic import json_schema
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticSerializationError, core_schema, to_jsonable_python

from apispec.introspection.adapters import CONFIG
from apispec.introspection.components import Components
from apispec.introspection.fields import class_text, field_texts
from apispec.introspection.gathered import nested, path_of
from apispec.introspection.placeholders import PYTHON_TYPE
from apispec.introspection.texts import is_private, is_secret, type_text, value_text

_OUTSIDE = {"ser_json_bytes": "utf8", "val_json_bytes": "utf8"}
"""pydantic's defaults where `CONFIG` differs."""

_NONE: Any = object()
NoDefault = getattr(json_schema, "NoDefault", _NONE)

DEFAULT_TEXT = "x-python-default"
"""The keyword for the default of a field that JSON can't hold, as text."""


class Generator(GenerateJsonSchema):
    """Describes core schemas of one mode.

    Args:
        mode: `validation` (input) or `serialization` (output).
        components: Names the definitions.
    """

    def __init__(self, mode: Literal["validation", "serialization"], components: Components) -> None:
        super().__init__(by_alias=True, ref_template="#/components/schemas/{model}")
        self._mode = mode
        self._components = components

    def describe(self, schema: Any) -> Any:
        """The schema of one core schema; definitions gather in `definitions`."""
        with self._config_wrapper_stack.push(CONFIG):
            return self.generate_inner(schema)

    # names

    def get_defs_ref(self, core_mode_ref: Any) -> Any:
        """Our name instead of pydantic's, which changes with the company."""
        return self._components.name(str(core_mode_ref[0]))

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A title that only repeats the field's name says nothing."""
        return False

    # what has no schema

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:
        """An open schema instead of an error."""
        return {PYTHON_TYPE: type_text(schema.get("cls") or error_info.removeprefix("core_schema."))}

    def callable_schema(self, schema: core_schema.CallableSchema) -> dict[str, Any]:
        """Functions don't travel."""
        return {PYTHON_TYPE: "Callable"}

    def is_subclass_schema(self, schema: core_schema.IsSubclassSchema) -> dict[str, Any]:
        """Classes don't travel either."""
        return {PYTHON_TYPE: f"type[{type_text(schema['cls'])}]"}

    def emit_warning(self, kind: Any, detail: str) -> None:
        """What pydantic warns about is in the schema: defaults as text."""

    # values

    def encode_default(self, dft: Any) -> Any:
        """A default that JSON can hold.

        Raises:
            PydanticSerializationError: It can't.
        """
        value = to_jsonable_python(dft, timedelta_mode="iso8601", bytes_mode="base64")
        if not is_json(value):
            raise PydanticSerializationError("not JSON")
        return value

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """With the default, or with its text where JSON can't hold it."""
        described = super().default_schema(schema)
        default = self._default_of(schema)
        if is_secret(default):
            described.pop("default", None)
        if "default" not in described:
            if default is not _NONE and type(default).__name__ != "MISSING":
                described[DEFAULT_TEXT] = value_text(default)
        return described

    def _default_of(self, schema: core_schema.WithDefaultSchema) -> Any:
        """The default as pydantic has it, `_NONE` where it has none; pydantic before 2.8 has no way of its own."""
        ask = getattr(self, "get_default_value", None)
        if ask is None:
            return schema.get("default", _NONE)
        default = ask(schema)
        return _NONE if default is NoDefault else default

    def date_schema(self, schema: core_schema.DateSchema) -> dict[str, Any]:
        """With an example that is still to come, where that is asked for."""
        return _to_come(super().date_schema(schema), schema, "2999-12-31")

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> dict[str, Any]:
        """With an example that is still to come, where that is asked for."""
        return _to_come(super().datetime_schema(schema), schema, "2999-12-31T12:00:00Z")

    def bytes_schema(self, schema: core_schema.BytesSchema) -> dict[str, Any]:
        """With JSON Schema's own word for base64 too."""
        described = super().bytes_schema(schema)
        if described.get("format") == "base64url":
            described["contentEncoding"] = "base64url"
        return described

    # classes

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """With the texts of the class's fields."""
        config: Any = {**_OUTSIDE, **schema["cls"].model_config}  # a model takes no config from what it is inside of
        with self._config_wrapper_stack.push(config):
            described = super().model_schema(schema)
        return self._documented(described, schema["cls"], schema.get("ref"))

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> dict[str, Any]:
        """With the texts of the class's fields."""
        return self._documented(super().dataclass_schema(schema), schema["cls"], schema.get("ref"))

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> dict[str, Any]:
        """With the texts of the class's fields."""
        described = self._gathered(schema, super().typed_dict_schema)
        cls = schema.get("cls")
        return described if cls is None else self._documented(described, cls, schema.get("ref"))

    def model_fields_schema(self, schema: core_schema.ModelFieldsSchema) -> dict[str, Any]:
        """With fields that are taken out of a value inside of that value."""
        return self._gathered(schema, super().model_fields_schema)

    def dataclass_args_schema(self, schema: core_schema.DataclassArgsSchema) -> dict[str, Any]:
        """With fields that are taken out of a value inside of that value."""
        return self._gathered(schema, super().dataclass_args_schema)

    def field_is_present(self, field: Any) -> bool:
        """What `__init__` alone takes (`InitVar`) is in no result, what it makes (`init=False`) in no input."""
        output = self.mode == "serialization"
        if field["type"] == "dataclass-field" and (field.get("init_only") if output else field.get("init") is False):
            return False
        return super().field_is_present(field)

    def _gathered(self, schema: Any, describe: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """An object whose fields may be taken out of a value (`AliasPath`): as that value, in input."""
        fields = schema["fields"]
        pairs = list(fields.items()) if isinstance(fields, dict) else [(field["name"], field) for field in fields]
        paths = {name: path_of(field.get("validation_alias")) for name, field in pairs}
        if self.mode == "serialization" or not any(paths.values()):
            return describe(schema)
        if any(getattr(self._config, option, False) for option in ("validate_by_name", "populate_by_name")):
            return describe(schema)
        rest: Any = [(name, field) for name, field in pairs if not paths[name]]
        kept = dict(rest) if isinstance(fields, dict) else [field for _, field in rest]
        described = describe({**schema, "fields": kept})
        total = schema.get("total", True)
        made = nested(
            (paths[name], self.generate_inner(field["schema"]), self.field_is_required(field, total=total))
            for name, field in pairs
            if paths[name] and self.field_is_present(field)
        )
        properties = described.setdefault("properties", {})
        for root, shape in made.items():
            properties[root] = {"allOf": [properties[root], shape]} if root in properties else shape
        needed = {
            str(paths[name][0]) for name, field in pairs if paths[name] and self.field_is_required(field, total=total)
        }
        if needed:
            described["required"] = list(dict.fromkeys([*described.get("required", ()), *sorted(needed)]))
        return described

    def function_after_schema(self, schema: Any) -> dict[str, Any]:
        """Of a class that is another library's: the class is remembered for findings."""
        inner = schema["schema"]
        if schema.get("ref") and inner["type"] == "typed-dict" and inner.get("cls") is not None:
            self._components.note(schema["ref"], inner["cls"])
        return super().function_after_schema(schema)

    def named_tuple_schema(self, schema: Any) -> dict[str, Any]:
        """The array that it is in JSON, with the names and texts of its fields."""
        described = super().named_tuple_schema(schema)
        cls = schema["cls"]
        self._components.note(schema.get("ref"), cls)
        described["title"] = cls.__name__
        if text := class_text(cls):
            described["description"] = text
        texts = field_texts(cls)
        for field, item in zip(schema["fields"], described.get("prefixItems", ()), strict=False):
            item.setdefault("title", field["name"])
            if field["name"] in texts:
                item.setdefault("description", texts[field["name"]])
        return described

    def enum_schema(self, schema: core_schema.EnumSchema) -> dict[str, Any]:
        """The class is remembered for findings."""
        self._components.note(schema.get("ref"), schema["cls"])
        if not schema["members"]:
            return {PYTHON_TYPE: type_text(schema["cls"])}
        described = super().enum_schema(schema)
        if issubclass(schema["cls"], enum.Flag):
            return self._flags(described, schema["members"])
        return _distinct(described)  # aliases are no further values

    def literal_schema(self, schema: core_schema.LiteralSchema) -> dict[str, Any]:
        """Each value once: a member of an enumeration may be equal to a plain one."""
        return _distinct(super().literal_schema(schema))

    def _flags(self, described: dict[str, Any], members: list[Any]) -> dict[str, Any]:
        """A number that has any of the flags in it, and what each of them is."""
        bits = [(member.name, member.value) for member in members if isinstance(member.value, int)]
        if len(bits) != len(members):
            return described
        most = functools.reduce(operator.or_, (value for _, value in bits))
        said = "Sum of " + ", ".join(f"{value} ({name})" for name, value in bits)
        text = described.get("description")
        described = {key: value for key, value in described.items() if key not in ("enum", "const", "description")}
        told = f"{text}\n\n{said}" if text else said
        return {
            **described,
            "type": "integer",
            "minimum": 0,
            "maximum": most,
            "description": told,
            "examples": [bits[0][1]],
        }

    def _documented(self, described: dict[str, Any], cls: type, core_ref: str | None) -> dict[str, Any]:
        self._components.note(core_ref, cls)
        text = described.get("description")
        if isinstance(text, str) and isinstance(cls.__doc__, str) and text == cleandoc(cls.__doc__):
            described["description"] = class_text(cls)
            if not described["description"]:
                del described["description"]
        properties = described.get("properties")
        if isinstance(properties, dict) and properties:
            for name, field_text in field_texts(cls).items():
                shown = properties.get(_alias(cls, name, self._mode))
                if isinstance(shown, dict) and "description" not in shown:
                    shown["description"] = field_text
        return described


def _to_come(described: dict[str, Any], schema: Any, example: str) -> dict[str, Any]:
    return {**described, "examples": [example]} if schema.get("now_op") == "future" else described


def _distinct(described: dict[str, Any]) -> dict[str, Any]:
    if isinstance(values := described.get("enum"), list):
        described["enum"] = list({(isinstance(v, bool), type(v).__name__, str(v)): v for v in values}.values())
    return described


def _alias(cls: Any, name: str, mode: str) -> str:
    """What a field is called in JSON."""
    fields = getattr(cls, "__pydantic_fields__", None)
    info = fields.get(name) if isinstance(fields, dict) else None
    if info is None:
        return name
    alias = info.serialization_alias if mode == "serialization" else info.validation_alias
    return alias if isinstance(alias, str) else name


def is_json(value: Any) -> bool:
    """Whether JSON can hold a value as it is, and whether it may be shown to everyone."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            try:
                part.encode("utf-8")
            except UnicodeEncodeError:
                return False
            if is_private(part):
                return False
        elif isinstance(part, float):
            if not math.isfinite(part):
                return False
        elif isinstance(part, dict):
            stack.extend(part)
            stack.extend(part.values())
        elif isinstance(part, (list, tuple)):
            stack.extend(part)
        elif part is not None and not isinstance(part, (bool, int)):
            return False
    return True
