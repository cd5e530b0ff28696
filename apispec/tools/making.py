"""The tools of an Api: which endpoints they are, what they are called, and what their schemas say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint, GradioCall, HttpCall, Parameter, Result, Schema
from apispec.requests import FORM_TYPE, argument_names, is_binary, is_json
from apispec.schemas import Schemas, alternatives, is_file_data, kinds, readable_type, ref_name, resolve, types
from apispec.tools.choosing import chosen, method_of, names_of, short_name
from apispec.tools.hints import hints
from apispec.tools.names import (
    PREFERRED_NAME,
    is_tool_name,
    operation_name,
    property_name,
    server_name,
    tool_name,
)
from apispec.tools.said import about, close_to, note, said_of
from apispec.tools.schemas import for_tool, without_noise
from apispec.tools.told import NOTHING, Told, ToldParameter
from apispec.tools.tool import Argument, Fixed, Tool, sent_media

MANY_TOOLS = 40
"""Some clients offer no more tools than this to their model."""
FILE_TEXT = "A file: an http(s) URL, or its content as a data: URI."

_COMBINATORS = {"anyOf", "oneOf", "allOf", "not", "if", "enum", "const"}
_OTHER_ARGUMENTS = ("additionalProperties", "patternProperties")

Known = dict[tuple[str, str | int], tuple[Schema, dict[str, Any], list[str]]]
"""Schemas that are made already, by side and component (else the schema's `id`): the schema, kept so that its `id` is
no other's, what was made of it, and the notes. Many endpoints share one."""


def tools(api: Api, findings: list[Finding] | None = None) -> tuple[Tool, ...]:
    """A tool for every chosen public endpoint that can be called, in the Api's order.

    Args:
        api: As it was read; both protocols give tools. Its `tooling` says what is chosen and what is said of it.
        findings: What clients may stumble over, and what in the configuration met nothing, is appended here.
    """
    notes = [] if findings is None else findings
    said = said_of(api, notes)
    endpoints, unmet = chosen(api, about(api, said))
    for text in unmet:
        known = [*dict.fromkeys(name for e in api.public_endpoints for name in (*e.tags, *names_of(e)))]
        notes.append(Finding("selector-without-match", Severity.WARNING, f"No operation is meant by {text!r}.",
                             hint=close_to(text, known), subject=f"selector {text}"))  # fmt: skip
    made = _Names(api, endpoints, said)
    out: list[Tool] = []
    known_schemas: Known = {}
    for endpoint in endpoints:
        if not said[endpoint.name].enabled:
            continue
        if isinstance(endpoint.call, GradioCall) and not endpoint.call.routed:
            message = f"{endpoint.name} is no tool: a tool calls it over HTTP, and its name has a slash."
            notes.append(Finding("tool-left-out", Severity.WARNING, message, endpoint.location,
                                 "give it another name: api_name=", f"endpoint {endpoint.name}"))  # fmt: skip
        elif endpoint.callable:
            out.append(_Maker(endpoint, api, notes, known_schemas, said[endpoint.name]).tool(made))
    if api.public_endpoints and not out and (api.tooling.include or api.tooling.exclude or api.tooling.read_only):
        notes.append(Finding("no-tools", Severity.WARNING, "What is chosen leaves no tool at all.",
                             hint="tools-include, tools-exclude and read-only say what is chosen"))  # fmt: skip
    if len(out) > MANY_TOOLS:
        notes.append(_many(len(out), api))
    return tuple(out)


def _many(count: int, api: Api) -> Finding:
    message = f"{count} tools: some clients offer their model no more than {MANY_TOOLS}, and each takes room."
    ways = ["choose some with --tools-include, --tools-exclude or --read-only"]
    if api.tooling.dynamic is not True:
        served = count > api.tooling.dynamic_above and api.tooling.dynamic is None
        ways.append("`apispec mcp` offers search_tools in their place" if served else "--dynamic lets a model search")
    return Finding("many-tools", Severity.WARNING, message, hint="; ".join(ways))


class _Names:
    """The names of all tools: those that somebody chose first, so that no other one takes them."""

    def __init__(self, api: Api, endpoints: list[Endpoint], said: Mapping[str, Told]) -> None:
        self.server = server_name(api.title)
        self._said = said
        self._short = Counter(short_name(e) for e in api.public_endpoints)
        self.taken: set[str] = set()
        self._chosen: dict[str, str] = {}
        for endpoint in endpoints:
            wanted = said[endpoint.name].name
            if wanted:
                self._chosen[endpoint.name] = tool_name(wanted, self.taken)
                self.taken.add(self._chosen[endpoint.name])

    def wanted(self, endpoint: Endpoint) -> str:
        """What it is to be called, whether that is possible or not."""
        short = short_name(endpoint)
        return self._said[endpoint.name].name or (short if self._short[short] == 1 else endpoint.name)

    def name(self, endpoint: Endpoint) -> str:
        """A name of its own."""
        if endpoint.name in self._chosen:
            return self._chosen[endpoint.name]
        call = endpoint.call
        path = call.api_name if isinstance(call, GradioCall) else call.path
        address = operation_name("call" if isinstance(call, GradioCall) else call.method, path)
        if path.isascii():
            otherwise = tool_name(address)
        else:
            otherwise = tool_name(f"{method_of(endpoint)} {path}".lower()).replace("tool_", f"{address}_")
        found = tool_name(self.wanted(endpoint), self.taken, otherwise)
        self.taken.add(found)
        return found


class _Maker:
    """Makes the tool of one endpoint."""

    def __init__(self, endpoint: Endpoint, api: Api, findings: list[Finding], known: Known, said: Told) -> None:
        self.endpoint = endpoint
        self.api = api
        self.said = said
        self.known = known
        self.schemas: Schemas = api.schemas
        self.findings = findings
        self.properties: dict[str, Any] = {}
        self.required: list[str] = []
        self.arguments: dict[str, Argument] = {}
        self.fixed: list[Fixed] = []
        self.others: dict[str, Any] = {"additionalProperties": False}
        """What the input schema says of arguments that it does not name."""

    def tool(self, names: _Names) -> Tool:
        endpoint = self.endpoint
        wanted, name = names.wanted(endpoint), names.name(endpoint)
        if name != wanted:
            reason = "clients accept no such name" if not is_tool_name(wanted) else "the name is taken"
            self.note("tool-renamed", f"The tool is called {name}: {reason}.")
        elif len(name) > PREFERRED_NAME:
            self.note("long-tool-name", f"Some clients cut tool names of more than {PREFERRED_NAME} characters.")
        elif len(names.server) + len(name) + len("mcp____") > 64:
            self.note("long-tool-name", f"With its server's name {name} exceeds 64 characters.",
                      "Give the tool a shorter name.")  # fmt: skip
        for target, parameter in argument_names(endpoint).items():
            self.parameter(target, parameter)
        self.body()
        input_schema: dict[str, Any] = {"type": "object", "properties": self.properties}
        if self.required:
            input_schema["required"] = self.required
        input_schema |= self.others
        self.unmet()
        output_schema, wraps = self.output()
        return Tool(
            name=name,
            description=self.description(),
            input_schema=input_schema,
            output_schema=output_schema,
            annotations=self.annotations(),
            endpoint=endpoint,
            arguments=self.arguments,
            fixed=tuple(self.fixed),
            is_sure=self.api.source == "functions" or self.api.tooling.strict_output,
            is_open="patternProperties" in self.others or self.others.get("additionalProperties") is not False,
            wraps_result=wraps,
        )

    def annotations(self) -> dict[str, Any]:
        title = {"title": self.said.title} if self.said.title else {}
        return hints(self.endpoint, self.api, {**self.said.annotations, **title})

    def unmet(self) -> None:
        """Say which parameters are spoken of that are not there."""
        known = {a.target for a in self.arguments.values()} | {f.target for f in self.fixed}
        for name in self.said.parameters:
            if name not in known:
                message = f"The operation has no parameter {name!r} to say something of."
                self.note("unknown-tool-parameter", message, close_to(name, sorted(known)), Severity.WARNING)

    def note(self, rule: str, message: str, hint: str = "", severity: Severity = Severity.INFO) -> None:
        note(self.findings, self.endpoint, rule, message, hint, severity)

    def schema(self, schema: Schema, side: Literal["input", "output"], what: str) -> dict[str, Any]:
        key = (side, (ref_name(schema) if isinstance(schema, dict) and len(schema) == 1 else None) or id(schema))
        if key not in self.known:
            notes: list[str] = []
            self.known[key] = (schema, for_tool(schema, self.schemas, side, notes.append), notes)
        _, made, texts = self.known[key]
        for text in texts:
            self.note("tool-schema-simplified", f"In the tool, {what}: {text}.")
        return dict(made)

    def description(self) -> str:
        endpoint = self.endpoint
        parts = [endpoint.summary.strip(), endpoint.description.strip()]
        if self.said.description:
            parts = [self.said.description]
        if not any(parts):
            message = f"The tool {endpoint.name} has no description, so a model has only its name to choose it by."
            self.findings.append(
                Finding("tool-without-description", Severity.WARNING, message, endpoint.location,
                        "write a docstring", f"endpoint {endpoint.name}")
            )  # fmt: skip
            parts = [self.shape()]
        if endpoint.deprecated:
            parts.append(f"Deprecated. {endpoint.deprecation}".strip())
        return "\n\n".join(p for p in parts if p)

    def shape(self) -> str:
        """What goes in and what comes out, where nobody says what for: `count: word (Textbox) → Number`."""
        endpoint = self.endpoint
        taken = [
            f"{p.name} ({p.component or ('file' if p.location == 'file' else readable_type(p.schema, self.schemas))})"
            for p in endpoint.parameters
        ]
        result = endpoint.result
        given = [f.component or readable_type(f.schema, self.schemas) for f in result.fields] if result else []
        if result is not None and not given:
            given = ["file" if result.is_file else readable_type(result.schema, self.schemas)]
        name = endpoint.annotations.get("title") or endpoint.name
        return f"{name}: {', '.join(taken) or 'no arguments'} → {', '.join(given) or 'nothing'}."

    def parameter(self, target: str, parameter: Parameter) -> None:
        """A parameter as a property; of two with one name the second is called after its place, too."""
        argument, schema = self.as_sent(target, parameter)
        if parameter.description:
            schema["description"] = _with_file_text(parameter.description) if argument.file else parameter.description
        default = parameter.default
        if default is not None and default.is_json:
            schema["default"] = default.value
        elif default is not None and default.text is not None:
            schema["description"] = f"{schema.get('description', '')} Default: {default.text}.".strip()
        if parameter.deprecated:
            schema["deprecated"] = True
        if parameter.examples:
            schema["examples"] = [e.value for e in parameter.examples]
        self.add(target, argument, schema, parameter.required)

    def as_sent(self, target: str, parameter: Parameter) -> tuple[Argument, dict[str, Any]]:
        """Where the argument goes, and its schema; files are given as URLs."""
        items = _items(parameter.schema, self.schemas)
        if parameter.location == "file" or is_file_data(parameter.schema, self.schemas):
            many = parameter.multiple
        elif items is not None and is_file_data(items, self.schemas):
            many = True
        else:
            return Argument(target), self.schema(parameter.schema, "input", f"parameter {parameter.name}")
        return Argument(target, file="many" if many else "one"), _file_schema(many)

    def add(self, name: str, argument: Argument, schema: dict[str, Any], required: bool) -> None:
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
        description = {"description": body.description} if body.description else {}
        if isinstance(schema, dict) and media.type.startswith(("multipart/", FORM_TYPE)):
            schema = _as_form(schema, self.schemas)
        of_kinds = bool(kinds(ref_name(media.schema) or "", self.schemas))
        if of_kinds or not _is_plain_object(schema) or not isinstance(schema, dict) or not schema.get("properties"):
            is_file = not is_json(media.type) and (is_binary(schema) or _is_bytes(media.type))
            made = _file_schema(False) if is_file else self.schema(media.schema, "input", "the body")
            argument = Argument("body", "body", file="one" if is_file else "")
            self.add("body", argument, {**made, **description}, body.required)
            return
        converted = self.schema(schema, "input", "the body")
        if "properties" not in converted:  # too large as a whole
            kept = {n: s for n, s in schema["properties"].items() if not _is_read_only(s)}
            properties = {n: self.schema(s, "input", f"the body's {n}") for n, s in kept.items()}
            converted = {"properties": properties, "required": [n for n in schema.get("required", ()) if n in kept]}
        if isinstance(schema.get("additionalProperties"), dict) or schema.get("additionalProperties") is True:
            self.others = {"additionalProperties": True}
        if "patternProperties" in schema or self.others["additionalProperties"] is not False:
            self.others |= {key: converted[key] for key in _OTHER_ARGUMENTS if key in converted}
        needed = converted.get("required", ()) if body.required else ()
        files = self.files(schema["properties"]) if media.type.startswith("multipart/") else {}
        for name, inner in converted["properties"].items():
            file = files.get(name, "")
            shown = _file_schema(file == "many") if file else inner
            if file and inner.get("description"):
                shown["description"] = _with_file_text(inner["description"])
            self.add(name, Argument(name, "body property", file), shown, name in needed)

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

    def output(self) -> tuple[dict[str, Any] | None, bool]:
        """The output schema, and whether the result is wrapped."""
        result, call = self.endpoint.result, self.endpoint.call
        if isinstance(call, HttpCall) and call.method == "HEAD":
            return None, False
        if result is None or result.is_file or not (self.endpoint.protocol == "gradio" or _is_json_result(result)):
            return None, False
        schema: Schema = result.schema
        if self.endpoint.protocol == "gradio":
            if len(result.fields) == 1:
                schema = result.fields[0].schema
            elif result.fields:
                outputs = [
                    {**f.schema, **({"description": f.description or f.name} if f.description or f.name else {})}
                    if isinstance(f.schema, dict) else f.schema
                    for f in result.fields
                ]  # fmt: skip
                schema = {"type": "array", "prefixItems": outputs, "items": False, "minItems": len(outputs)}
        elif result.streaming:
            schema = {"type": "array", "items": schema}
        described = {"description": result.description} if result.description else {}
        converted = self.schema(schema, "output", "the result")
        if _is_plain_object(resolve(schema, self.schemas)):
            return {**converted, **described}, False
        wrapped = {"type": "object", "properties": {"result": {**converted, **described}}, "required": ["result"]}
        return wrapped, True


def _as_form(schema: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    """A form's fields as one plain object, whatever unions and compositions they are in: those of each kind of form, of
    which those are required that every kind requires. The endpoint's own schema still judges what is sent.
    """
    if _is_plain_object(schema):
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


def _is_plain_object(schema: Schema) -> bool:
    return isinstance(schema, dict) and types(schema) == ("object",) and _COMBINATORS.isdisjoint(schema)


def _is_json_result(result: Result) -> bool:
    return result.streaming or is_json(result.media_type)
