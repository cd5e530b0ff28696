"""An endpoint's arguments as its tool takes them: the way that `Tool.to_endpoint` goes, backwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apispec.literals import percent_encode
from apispec.model import Json
from apispec.requests import FilePart, body_name
from apispec.schemas import FILE_META
from apispec.tools.tool import Tool


def tool_arguments(tool: Tool, arguments: Mapping[str, Any]) -> dict[str, Json]:
    """The arguments of a tool call that makes the same call.

    Args:
        tool: The endpoint's.
        arguments: Of the endpoint, as `example.arguments` gives them.

    Returns:
        Values by the names in the tool's `input_schema`; files are `data:` URIs, those inside the objects of a Gradio
        app are FileData whose path is one.
    """
    body = arguments.get(body_name(tool.endpoint))
    found = {}
    for name, argument in tool.arguments.items():
        given: Mapping[str, Any] = arguments
        if argument.place == "body":
            given = {argument.target: body} if body is not None else {}
        elif argument.place == "body property":
            given = body if isinstance(body, dict) else {}
        if argument.target in given:
            inside = tool.endpoint.protocol == "gradio" and not argument.file
            found[name] = _told(given[argument.target], as_object=inside)
    return found


def _told(value: Any, *, as_object: bool) -> Json:
    if isinstance(value, FilePart):
        uri = data_uri(value)
        return {"path": uri, "orig_name": value.file.filename, "meta": FILE_META} if as_object else uri
    if isinstance(value, list):
        return [_told(item, as_object=as_object) for item in value]
    if isinstance(value, dict):
        return {name: _told(item, as_object=as_object) for name, item in value.items()}
    return value


def data_uri(part: FilePart) -> str:
    """A file as a `data:` URI (RFC 2397); text stays readable."""
    file = part.file
    if file.is_base64:
        return f"data:{file.media_type};base64,{file.content}"
    return f"data:{file.media_type},{percent_encode(file.content)}"
