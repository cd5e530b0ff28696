"""One endpoint as one MCP tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint, GradioCall, HttpCall, Json, MediaType, Parameter, RequestBody, Result, Schema
from apispec.requests import argument_names, body_name, is_binary, is_json
from apispec.schemas import Schemas, is_file_data, ref_name, resolve, types
from apispec.tools.names import PREFERRED_NAME, is_tool_name, property_name, server_name, tool_name
from apispec.tools.schemas import for_tool, without_noise

MANY_TOOLS = 40
"""Some clients offer no more tools than this to their model."""
FILE_TEXT = "A file: an http(s) URL, or its content as a data: URI."

_HINTS = ("title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_COMBINATORS = {"anyOf", "oneOf", "allOf", "not", "if", "enum", "const"}


Known = dict[tuple[str, str | int], tuple[Schema, dict[str, Any], list[str]]]
"""Schemas that are made already, by side and component (else the schema's `id`): the schema, kept so that its `id` is
no other's, what was made of it, and the notes. Many endpoints share one."""


class _Missing:
    """No value, where None is one."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()


@dataclass(frozen=True, slots=True)
class Argument:
    """Where a tool's argument goes."""

    target: str
    """The endpoint's parameter by its `call.argument_names`, or the property of its request body."""
    place: Literal["parameter", "body", "body property"] = "parameter"
    file: Literal["", "one", "many"] = ""
    """The argument is a file, or several, given as URLs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool as clients see it, and the way back to the endpoint."""

    name: str
    description: str
    input_schema: dict[str, Any]
    output_schema: dict[str, Any] | None
    """None where the answer is a file, or not described."""
    annotations: dict[str, Any]
    endpoint: Endpoint
    arguments: dict[str, Argument] = field(default_factory=dict)
    """By the name in `input_schema`."""
    wraps_result: bool = False
    """The result is carried as `{"result": …}`."""

    @property
    def title(self) -> str:
        """The declared title; empty where there is none."""
        title = self.annotations.get("title")
        return title if isinstance(title, str) else ""

    def to_endpoint(self, arguments: Mapping[str, Json]) -> dict[str, Json]:
        """A tool call's arguments as `call.request` takes them: by `argument_names`, a request body by `body_name`.

        Files stay the URLs that they are; arguments that the tool does not have are passed on as they are, so that the
        endpoint can refuse them.
        """
        out: dict[str, Json] = {}
        body = body_name(self.endpoint)
        for name, value in arguments.items():
            argument = self.arguments.get(name, Argument(name))
            if argument.place == "body property":
                out.setdefault(body, {})[argument.target] = value
            else:
                out[body if argument.place == "body" else argument.target] = value
        return out

    def to_structured(self, result: Json) -> dict[str, Json]:
        """The endpoint's result as `structuredContent`: an object that fits `output_schema`."""
        return {"result": result} if self.wraps_result else result

    def to_json(self) -> dict[str, Any]:
        """The entry in `tools/list`, without nulls."""
        out: dict[str, Any] = {"name": self.name}
        if self.title:
            out["title"] = self.title
        out["description"] = self.description
        out["inputSchema"] = self.input_schema
        if self.output_schema is not None:
            out["outputSchema"] = self.output_schema
        if self.annotations:
            out["annotations"] = self.annotations
        return out


def tools(api: Api, findings: list[Finding] | None = None) -> tuple[Tool, ...]:
    """A tool for every public endpoint that can be called, in the Api's order.

    Args:
        api: As it was read; both protocols give tools.
        findings: What clients may stumble over is appended here.
    """
    notes = [] if findings is None else findings
    server = server_name(api.title)
    out: list[Tool] = []
    taken: set[str] = set()
    known: Known = {}
    for endpoint in api.public_endpoints:
        if isinstance(endpoint.call, GradioCall) and not endpoint.call.routed:
            message = f"{endpoint.name} is no tool: a tool calls it over HTTP, and its name has a slash."
            notes.append(Finding("tool-left-out", Severity.WARNING, message, endpoint.location,
                                 "give it another name: api_name=", f"endpoint {endpoint.name}"))  # fmt: skip
        elif endpoint.callable:
            tool = _Maker(endpoint, api, notes, known).tool(taken)
            taken.add(tool.name)
            out.append(tool)
            if len(server) + len(tool.name) + len("mcp____") > 64:
                _note(notes, endpoint, "long-tool-name", f"With its server's name {tool.name} exceeds 64 characters.",
                      "Give the endpoint a shorter name.")  # fmt: skip
    if len(out) > MANY_TOOLS:
        message = f"{len(out)} tools: some clients offer their model no more than {MANY_TOOLS}."
        notes.append(Finding("many-tools", Severity.INFO, message, hint="hide endpoints with visibility=undocumented"))
    return tuple(out)


def _note(findings: list[Finding], endpoint: Endpoint, rule: str, message: str, hint: str = "") -> None:
    findings.append(Finding(rule, Severity.INFO, message, endpoint.location, hint, f"endpoint {endpoint.name}"))


class _Maker:
    """Makes the tool of one endpoint."""

    def __init__(self, endpoint: Endpoint, api: Api, findings: list[Finding], known: Known) -> None:
        self.endpoint = endpoint
        self.known = known
        self.schemas: Schemas = api.schemas
        self.findings = findings
        self.properties: dict[str, Any] = {}
        self.required: list[str] = []
        self.arguments: dict[str, Argument] = {}

    def tool(self, taken: set[str]) -> Tool:
        endpoint = self.endpoint
        name = tool_name(endpoint.name, taken)
        if name != endpoint.name:
            reason = "clients accept no such name" if not is_tool_name(endpoint.name) else "the name is taken"
            self.note("tool-renamed", f"The tool is called {name}: {reason}.")
        elif len(name) > PREFERRED_NAME:
            self.note("long-tool-name", f"Some clients cut tool names of more than {PREFERRED_NAME} characters.")
        for target, parameter in argument_names(endpoint).items():
            self.parameter(target, parameter)
        self.body()
        input_schema: dict[str, Any] = {"type": "object", "properties": self.properties}
        if self.required:
            input_schema["required"] = self.required
        input_schema["additionalProperties"] = False
        output_schema, wraps = self.output()
        return Tool(
            name=name,
            description=self.description(),
            input_schema=input_schema,
            output_schema=output_schema,
            annotations={k: endpoint.annotations[k] for k in _HINTS if k in endpoint.annotations},
            endpoint=endpoint,
            arguments=self.arguments,
            wraps_result=wraps,
        )

    def note(self, rule: str, message: str, hint: str = "") -> None:
        _note(self.findings, self.endpoint, rule, message, hint)

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
        if not any(parts):
            message = f"The tool {endpoint.name} has no description, so a model has only its name to choose it by."
            self.findings.append(
                Finding("tool-without-description", Severity.WARNING, message, endpoint.location,
                        "write a docstring", f"endpoint {endpoint.name}")
            )  # fmt: skip
            parts = [f"Call {endpoint.name}."]
        if endpoint.deprecated:
            parts.append(f"Deprecated. {endpoint.deprecation}".strip())
        return "\n\n".join(p for p in parts if p)

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
        if name in self.properties and argument.place == "body property":
            name = f"body_{name}"
        shown = property_name(name, self.properties)
        if shown != argument.target:
            self.note("argument-renamed", f"The argument {argument.target} is called {shown} in the tool.")
        self.properties[shown] = without_noise(schema, name)
        self.arguments[shown] = argument
        if required:
            self.required.append(shown)

    def body(self) -> None:
        """A document's request body: its properties beside the parameters where it is an object, else `body`."""
        body = self.endpoint.request_body
        if body is None or not body.content:
            return
        media = sent_media(body)
        schema = resolve(media.schema, self.schemas)
        description = {"description": body.description} if body.description else {}
        if not _is_plain_object(schema) or not isinstance(schema, dict) or not schema.get("properties"):
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


def sent_media(body: RequestBody) -> MediaType:
    """The media type of a document's request body that a tool call is sent as: JSON where there is a choice."""
    return next((m for m in body.content if is_json(m.type)), body.content[0])


def as_sent(endpoint: Endpoint) -> Endpoint:
    """An endpoint with the one media type of its body that its tool shows."""
    body = endpoint.request_body
    if body is None or len(body.content) < 2:
        return endpoint
    return replace(endpoint, request_body=replace(body, content=(sent_media(body),)))


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
