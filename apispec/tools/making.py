"""The tools of an Api: which endpoints they are, what they are called, and what their schemas say."""

from __future__ import annotations

from typing import Any, Literal

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint, GradioCall, HttpCall, Result, Schema
from apispec.requests import is_json
from apispec.schemas import BUDGET, Schemas, readable_type, ref_name, resolve
from apispec.tools.choosing import chosen, names_of
from apispec.tools.hints import hints
from apispec.tools.inputs import Inputs, is_plain_object
from apispec.tools.names import (
    PREFERRED_NAME,
    is_tool_name,
)
from apispec.tools.naming import ToolNames
from apispec.tools.said import about, close_to, note, said_of
from apispec.tools.schemas import ANY, MANY, for_tool, limit_of
from apispec.tools.told import Told
from apispec.tools.tool import Tool
from apispec.tools.wording import both

MANY_TOOLS = 40
"""Some clients offer no more tools than this to their model."""
Known = dict[tuple[str, str | int, int], tuple[Schema, dict[str, Any], int, list[str]]]
"""Schemas that are made already, by side, component (else the schema's `id`) and limit: the schema, kept so that its
`id` is no other's, what was made of it, of how many schemas that is, and the notes. Many endpoints share one."""


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
    made = ToolNames(api, endpoints, said)
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


class _Maker:
    """Makes the tool of one endpoint."""

    def __init__(self, endpoint: Endpoint, api: Api, findings: list[Finding], known: Known, said: Told) -> None:
        self.endpoint = endpoint
        self.api = api
        self.said = said
        self.known = known
        self.left = BUDGET.tool
        self.schemas: Schemas = api.schemas
        self.findings = findings

    def tool(self, names: ToolNames) -> Tool:
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
        inputs = Inputs(endpoint, self.said, self.schemas, lambda one, what: self.schema(one, "input", what), self.note)
        output_schema, wraps = self.output()
        return Tool(
            name=name,
            description=self.description(inputs),
            input_schema=inputs.schema,
            output_schema=output_schema,
            annotations=self.annotations(),
            endpoint=endpoint,
            arguments=inputs.arguments,
            fixed=tuple(inputs.fixed),
            is_sure=self.api.source == "functions" or self.api.tooling.strict_output,
            is_open=inputs.is_open,
            wraps_result=wraps,
        )

    def annotations(self) -> dict[str, Any]:
        title = {"title": self.said.title} if self.said.title else {}
        return hints(self.endpoint, self.api, {**self.said.annotations, **title})

    def note(self, rule: str, message: str, hint: str = "", severity: Severity = Severity.INFO) -> None:
        note(self.findings, self.endpoint, rule, message, hint, severity)

    def schema(self, schema: Schema, side: Literal["input", "output"], what: str) -> dict[str, Any]:
        limit = limit_of(side, many=len(self.api.endpoints) >= MANY, left=self.left)
        name = ref_name(schema) if isinstance(schema, dict) and len(schema) == 1 else None
        key = (side, name or id(schema), limit)
        if key not in self.known:
            notes: list[str] = []
            self.known[key] = (schema, *for_tool(schema, self.schemas, side, notes.append, limit=limit), notes)
        _, made, nodes, texts = self.known[key]
        self.left -= nodes
        for text in texts:
            self.note("tool-schema-simplified", f"In the tool, {what}: {text}.")
        return dict(made)

    def description(self, inputs: Inputs) -> str:
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
            parts = [self.shape(inputs)]
        if endpoint.deprecated:
            parts.append(f"Deprecated. {endpoint.deprecation}".strip())
        return "\n\n".join(p for p in parts if p)

    def shape(self, inputs: Inputs) -> str:
        """What goes in and what comes out, where nobody says what for: `count: word (Textbox) → Number`."""
        endpoint = self.endpoint
        taken = [
            f"{p.name} ({p.component or ('file' if p.location == 'file' else readable_type(p.schema, self.schemas))})"
            for p in endpoint.parameters
        ] + [
            f"{name} ({readable_type(inputs.properties[name], {})})"
            for name, argument in inputs.arguments.items()
            if argument.place != "parameter"
        ]
        result = endpoint.result
        given = [f.component or readable_type(f.schema, self.schemas) for f in result.fields] if result else []
        if result is not None and not given:
            given = ["file" if result.is_file else readable_type(result.schema, self.schemas)]
        name = endpoint.annotations.get("title") or endpoint.name
        return f"{name}: {', '.join(taken) or 'no arguments'} → {', '.join(given) or 'nothing'}."

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
        converted = self.schema(schema, "output", "the result")
        if result.description:
            own = converted.get("description", "")
            converted["description"] = result.description if own == ANY else both(result.description, own)
        if is_plain_object(resolve(schema, self.schemas)):
            return converted, False
        wrapped = {"type": "object", "properties": {"result": converted}, "required": ["result"]}
        return wrapped, True


def _is_json_result(result: Result) -> bool:
    return result.streaming or is_json(result.media_type)
