"""One endpoint as one MCP tool: what clients see, and the way back to the endpoint. `making` makes it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from apispec.model import Endpoint, Json, MediaType, RequestBody
from apispec.requests import body_name, is_json
from apispec.tools.schemas import loosened

Place = Literal["parameter", "body", "body property"]


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
    place: Place = "parameter"
    file: Literal["", "one", "many"] = ""
    """The argument is a file, or several, given as URLs."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """An argument that no caller gives."""

    target: str
    """As for `Argument`, and so is the place."""
    place: Place = "parameter"
    value: Json = None
    env: str = ""
    """The environment variable that has the value instead."""
    is_text: bool = False
    """Whether the variable's text is the value; else it is JSON where it can be."""
    is_sent: bool = True
    """False for what is merely left out."""

    def given(self, environment: Mapping[str, str]) -> Json:
        """The value.

        Raises:
            UnsetVariableError: The variable is not set.
        """
        if not self.env:
            return self.value
        text = environment.get(self.env, "")
        if not text:
            raise UnsetVariableError(self.env)
        if self.is_text:
            return text
        try:
            return json.loads(text)
        except ValueError:
            return text


class UnsetVariableError(Exception):
    """The environment variable of a hidden parameter is not set; its name is the text."""


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
    fixed: tuple[Fixed, ...] = ()
    """Arguments that the configuration gives."""
    is_open: bool = False
    """Arguments of other names are properties of the request body."""
    is_sure: bool = True
    """Whether every answer is as `output_schema` says. What somebody else answers is not: clients refuse a result that
    does not fit what is listed, after a call that was made, so that the listing is looser then."""
    wraps_result: bool = False
    """The result is carried as `{"result": …}`."""

    @property
    def summary(self) -> str:
        """The first paragraph of the description, in one line."""
        return " ".join(self.description.partition("\n\n")[0].split())

    @property
    def title(self) -> str:
        """The declared title; empty where there is none."""
        title = self.annotations.get("title")
        return title if isinstance(title, str) else ""

    def to_endpoint(self, arguments: Mapping[str, Json]) -> dict[str, Json]:
        """A tool call's arguments as `call.request` takes them: by `argument_names`, a request body by `body_name`.

        Files stay the URLs that they are; arguments that the tool does not have are passed on as they are, so that the
        endpoint can refuse them. Those that the configuration gives are added.

        Raises:
            UnsetVariableError: An environment variable that has one is not set.
        """
        out: dict[str, Json] = {}
        body = body_name(self.endpoint)
        other: Place = "body property" if self.is_open else "parameter"
        named = [(self.arguments.get(name, Argument(name, other)), value) for name, value in arguments.items()]
        fixed = [(Argument(f.target, f.place), f.given(os.environ)) for f in self.fixed if f.is_sent]
        for argument, value in (*named, *fixed):
            if argument.place == "body property":
                out.setdefault(body, {})[argument.target] = value
            else:
                out[body if argument.place == "body" else argument.target] = value
        return out

    def to_structured(self, result: Json) -> Json:
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
            out["outputSchema"] = self.output_schema if self.is_sure else loosened(self.output_schema)
        if self.annotations:
            out["annotations"] = self.annotations
        return out


def sent_media(body: RequestBody) -> MediaType:
    """The media type of a document's request body that a tool call is sent as: JSON where there is a choice."""
    return next((m for m in body.content if is_json(m.type)), body.content[0])


def as_sent(endpoint: Endpoint) -> Endpoint:
    """An endpoint with the one media type of its body that its tool shows."""
    body = endpoint.request_body
    if body is None or len(body.content) < 2:
        return endpoint
    return replace(endpoint, request_body=replace(body, content=(sent_media(body),)))
