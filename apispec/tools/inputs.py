"""The arguments of a tool: an endpoint's parameters and its body's properties, and where each goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from apispec.findings import Severity
from apispec.model import Endpoint, Parameter, Schema
from apispec.requests import FORM_TYPE, argument_names, is_binary, is_json
from apispec.schemas import Schemas, alternatives, is_file_data, kinds, ref_name, resolve, types
from apispec.tools.names import property_name
from apispec.tools.said import close_to
from apispec.tools.schemas import ANY, without_noise
from apispec.tools.told import NOTHING, Told, ToldParameter
from apispec.tools.tool import Argument, Fixed, sent_media
from apispec.tools.wording import both, left_out, together, wholes, with_examples, words_of

FILE_TEXT = "A file: an http(s) URL, or its content as a data: URI."
_COMBINATORS = {"anyOf", "oneOf", "allOf", "not", "if", "enum", "const"}
_OF_WHOLE = {"minProperties", "maxProperties", "propertyNames", "dependentRequired", "dependentSchemas"}
_OTHER_ARGUMENTS = ("additionalProperties", "patternProperties")

Note = Callable[..., None]
"""Reports something about the endpoint: rule, message, hint, severity."""


class Inputs:
    """What a tool takes.

    Args:
        endpoint: What it calls.
        said: What its maker says of it.
        schemas: The Api's components.
        converted: A schema as tools write it; what is simplified is told under the words given.
        note: Reports what clients may stumble over.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        said: Told,
        schemas: Schemas,
        converted: Callable[[Schema, str], dict[str, Any]],
        note: Note,
    ) -> None:
        self.endpoint = endpoint
        self.said = said
        self.schemas = schemas
        self.converted = converted
        self.note = note
        self.properties: dict[str, Any] = {}
        self.required: list[str] = []
        self.arguments: dict[str, Argument] = {}
        self.fixed: list[Fixed] = []
        self.about = ""
        """What is said of the body whose keys are arguments."""
        self.others: dict[str, Any] = {"additionalProperties": False}
        """What the schema says of arguments that it does not name."""
        for target, parameter in argument_names(endpoint).items():
            self.parameter(target, parameter)
        self.body()
        self.unmet()

    @property
    def schema(self) -> dict[str, Any]:
        """The input schema of the tool."""
        needed = {"required": self.required} if self.required else {}
        about = {"description": self.about} if self.about else {}
        return {"type": "object", **about, "properties": self.properties, **needed, **self.others}

    @property
    def is_open(self) -> bool:
        """Whether arguments are taken that it does not name."""
        return "patternProperties" in self.others or self.others.get("additionalProperties") is not False

    def unmet(self) -> None:
        """Say which parameters are spoken of that are not there."""
        known = {a.target for a in self.arguments.values()} | {f.target for f in self.fixed}
        for name in self.said.parameters:
            if name not in known:
                message = f"The operation has no parameter {name!r} to say something of."
                self.note("unknown-tool-parameter", message, close_to(name, sorted(known)), Severity.WARNING)

    def parameter(self, target: str, parameter: Parameter) -> None:
        """A parameter as a property; of two with one name the second is called after its place, too."""
        argument, schema = self.as_sent(target, parameter)
        if parameter.description and argument.file:
            schema["description"] = _with_file_text(parameter.description)
        elif parameter.description:
            schema["description"] = _with_own(parameter.description, schema)
        default = parameter.default
        if default is not None and default.is_json:
            schema["default"] = default.value
        elif default is not None and default.text is not None:
            schema["description"] = f"{schema.get('description', '')} Default: {default.text}.".strip()
        if parameter.deprecated:
            schema["deprecated"] = True
        if parameter.examples:
            schema["examples"] = together([e.value for e in parameter.examples], schema.get("examples", ()))
        self.add(target, argument, schema, parameter.required)

    def as_sent(self, target: str, parameter: Parameter) -> tuple[Argument, dict[str, Any]]:
        """Where the argument goes, and its schema; files are given as URLs."""
        items = _items(parameter.schema, self.schemas)
        if parameter.location == "file" or is_file_data(parameter.schema, self.schemas):
            many = parameter.multiple
        elif items is not None and is_file_data(items, self.schemas):
            many = True
        else:
            return Argument(target), self.converted(parameter.schema, f"parameter {parameter.name}")
        return Argument(target, file="many" if many else "one"), _file_schema(many)

    def add(self, name: str, argument: Argument, schema: dict[str, Any], required: bool) -> None:
        """Add an argument, under a name of its own, unless it is hidden."""
        said = self.said.parameter(argument.target)
        if said.hidden and self.hide(argument, schema, required, said):
            return
        if name in self.properties and argument.place == "body property":
            name = f"body_{name}"
        shown = property_name(said.name or name, self.properties)
        if said.description:
            schema = {**schema, "description": said.description}
        if not name.isascii():
            schema = {"title": name, **schema}
        if shown != argument.target and not said.name:
            self.note("argument-renamed", f"The argument {argument.target} is called {shown} in the tool.")
        self.properties[shown] = without_noise(schema, name)
        self.arguments[shown] = argument
        if required:
            self.required.append(shown)

    def hide(self, argument: Argument, schema: dict[str, Any], required: bool, said: ToldParameter) -> bool:
        """Leave an argument out, whose value is fixed or not needed; False where it cannot be left out."""
        default = schema.get("default", NOTHING)
        if not said.is_given and required and default is NOTHING:
            message = f"The parameter {argument.target!r} is required, so it cannot be hidden without a value."
            self.note("hidden-parameter-without-value", message, "give it a value or env", Severity.WARNING)
            return False
        value = said.value if said.is_given else default if required else NOTHING
        place = argument.place
        is_text = schema.get("type") == "string"
        if said.env or value is not NOTHING:
            self.fixed.append(Fixed(argument.target, place, None if said.env else value, said.env, is_text))
        else:
            self.fixed.append(Fixed(argument.target, place, is_sent=False))
        return True

    def body(self) -> None:
        """A document's request body: its properties beside the parameters where it is an object, else `body`."""
        body = self.endpoint.request_body
        if body is None or not body.content:
            return
        media = sent_media(body)
        schema = resolve(media.schema, self.schemas)
        if isinstance(schema, dict) and media.type.startswith(("multipart/", FORM_TYPE)):
            schema = _as_form(schema, self.schemas)
        of_kinds = bool(kinds(ref_name(media.schema) or "", self.schemas))
        if of_kinds or not is_plain_object(schema) or not isinstance(schema, dict) or not schema.get("properties"):
            is_file = not is_json(media.type) and (is_binary(schema) or _is_bytes(media.type))
            made = _file_schema(False) if is_file else self.converted(media.schema, "the body")
            argument = Argument("body", "body", file="one" if is_file else "")
            if body.description:
                made["description"] = body.description if is_file else _with_own(body.description, made)
            if media.examples and not is_file:
                made["examples"] = together([e.value for e in media.examples], made.get("examples", ()))
            self.add("body", argument, made, body.required)
            return
        converted = self.converted(schema, "the body")
        if "properties" not in converted:  # too large as a whole
            kept = {n: s for n, s in schema["properties"].items() if not _is_read_only(s)}
            properties = {n: self.converted(s, f"the body's {n}") for n, s in kept.items()}
            converted = {"properties": properties, "required": [n for n in schema.get("required", ()) if n in kept]}
        if isinstance(schema.get("additionalProperties"), dict) or schema.get("additionalProperties") is True:
            self.others = {"additionalProperties": True}
        if "patternProperties" in schema or self.others["additionalProperties"] is not False:
            self.others |= {key: converted[key] for key in _OTHER_ARGUMENTS if key in converted}
        self.untold(schema)
        self.about = " ".join(filter(None, [both(body.description, schema.get("description", "")), *words_of(schema)]))
        needed = converted.get("required", ()) if body.required else ()
        files = self.files(schema["properties"]) if media.type.startswith("multipart/") else {}
        unknown = {
            name: {"description": ANY} for name in schema.get("required", ()) if name not in schema["properties"]
        }
        shown_already = wholes([e.value for e in media.examples], schema)
        for name, inner in {**converted["properties"], **unknown}.items():
            file = files.get(name, "")
            shown = _file_schema(file == "many") if file else with_examples(inner, name, shown_already)
            if file and inner.get("description"):
                shown["description"] = _with_file_text(inner["description"])
            self.add(name, Argument(name, "body property", file), shown, name in needed)

    def untold(self, schema: dict[str, Any]) -> None:
        """Say which bounds of the body as a whole the arguments do not have: other arguments stand beside its keys."""
        for key in _OF_WHOLE & schema.keys():
            self.note("tool-schema-simplified", f"In the tool, the body: {left_out(key, schema[key])}.")

    def files(self, properties: Mapping[str, Schema]) -> dict[str, Literal["", "one", "many"]]:
        """Which properties of a multipart body are files."""
        found: dict[str, Literal["", "one", "many"]] = {}
        for name, inner in properties.items():
            schema = resolve(inner, self.schemas)
            items = _items(inner, self.schemas)
            if is_binary(schema):
                found[name] = "one"
            elif items is not None and is_binary(resolve(items, self.schemas)):
                found[name] = "many"
        return found


def _as_form(schema: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    """A form's fields as one plain object, whatever unions and compositions they are in: those of each kind of form, of
    which those are required that every kind requires. The endpoint's own schema still judges what is sent.
    """
    if is_plain_object(schema):
        return schema
    ways = [one for one in alternatives(schema, schemas) if isinstance(one.get("properties"), dict)]
    if not ways:
        return schema
    properties: dict[str, Any] = {}
    for way in ways:
        for name, inner in way["properties"].items():
            properties.setdefault(name, inner)
    needed = [n for n in ways[0].get("required", ()) if all(n in way.get("required", ()) for way in ways)]
    kept = {key: ways[0][key] for key in _OTHER_ARGUMENTS if key in ways[0]}
    return {"type": "object", "properties": properties, "required": list(dict.fromkeys(needed)), **kept}


def _with_file_text(description: str) -> str:
    """A file's description, and how it is given."""
    end = "" if description.rstrip().endswith((".", "!", "?", ":")) else "."
    return f"{description.rstrip()}{end} {FILE_TEXT}"


def _with_own(description: str, schema: Mapping[str, Any]) -> str:
    """A description of what is sent, and what its schema says of itself."""
    own = schema.get("description", "")
    return description if own == ANY else both(description, own)


def _file_schema(many: bool) -> dict[str, Any]:
    """Files are given as URLs."""
    one = {"type": "string", "format": "uri", "description": FILE_TEXT}
    return {"type": "array", "items": one} if many else one


def _is_bytes(media_type: str) -> bool:
    """Whether a body of this type can only be a file."""
    kind = media_type.partition("/")[0]
    return media_type == "application/octet-stream" or kind in ("image", "audio", "video")


def _items(schema: Schema, schemas: Schemas) -> Schema | None:
    schema = resolve(schema, schemas)
    if not isinstance(schema, dict) or types(schema) != ("array",):
        return None
    items = schema.get("items")
    return items if isinstance(items, dict) else None


def _is_read_only(schema: Schema) -> bool:
    return isinstance(schema, dict) and schema.get("readOnly") is True


def is_plain_object(schema: Schema) -> bool:
    """Whether a schema is of an object and nothing else, with no combination of schemas."""
    return isinstance(schema, dict) and types(schema) == ("object",) and _COMBINATORS.isdisjoint(schema)
