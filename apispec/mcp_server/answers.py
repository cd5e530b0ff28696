"""HTTP answers as tools' results: JSON where it is, text in its own charset, files as files, telling headers beside.

A call that succeeded stays a success, whatever its answer looks like: a model that calls again does harm.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import mcp_types as types

from apispec.declaring import File
from apispec.mcp_server.redaction import Secrets
from apispec.mcp_server.results import Outcome, file_blocks, header_notes, text_result
from apispec.model import Json
from apispec.requests import is_json
from apispec.tools import Tool

_LONGEST_ERROR = 10_000
_LINES = ("application/x-ndjson", "application/jsonl", "application/json-seq")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type without parameters, in small letters."""
        return self._content_type.partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body in the charset that it says; UTF-8 where it says none, or one that is none."""
        charset = "utf-8"
        for parameter in self._content_type.split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                charset = value.strip().strip("\"'")
        try:
            codecs.lookup(charset)
            return self.body.decode(charset, "replace").removeprefix("\ufeff")
        except (LookupError, ValueError):
            return self.body.decode("utf-8", "replace").removeprefix("\ufeff")

    @property
    def _content_type(self) -> str:
        return next((value for name, value in self.headers.items() if name.lower() == "content-type"), "")


def result_of(
    tool: Tool, answer: Answer, secrets: Secrets, misfit: Callable[[Tool, Json], str], *, strict: bool, limit: int
) -> Outcome | types.CallToolResult:
    """An answer as what the tool gave.

    Args:
        tool: What was called.
        answer: What came.
        secrets: What may not be in the result.
        misfit: Says in which way a value is not as the tool tells.
        strict: Whether an answer that does not fit is an error.
        limit: Characters of a value; 0 = no limit.
    """
    is_head = getattr(tool.endpoint.call, "method", "") == "HEAD"
    told = [secrets.hidden(note) for note in header_notes(answer.headers, every=is_head)]
    text = secrets.hidden(answer.text)
    if answer.status >= 300 and _is_meant(tool, answer.status):
        place = next((value for name, value in answer.headers.items() if name.lower() == "location"), "")
        shown = f"{answer.status}, as documented" + (f", to {secrets.hidden(place)}" if place else "")
        return text_result(f"{shown}: {text[:_LONGEST_ERROR]}" if text else shown, notes=told)
    if answer.status >= 300:
        shown = f"{answer.status}: {text[:_LONGEST_ERROR]}" if text else f"{answer.status} without a body"
        return text_result(shown, is_error=True, notes=told)
    try:
        value = secrets.hidden_in(json_of(answer))
    except ValueError:
        return _not_json(tool, answer, text, told, strict=strict, limit=limit)
    wrong = misfit(tool, value)
    if wrong and strict:
        return text_result(f"{answer.status}, but the answer is not as documented ({wrong}): {text}", is_error=True,
                           notes=told, limit=limit)  # fmt: skip
    if wrong:
        told.append(f"The call succeeded ({answer.status}). Its answer is not as documented: {wrong}.")
    return Outcome(value, tuple(told), fits=not wrong)


def _is_meant(tool: Tool, status: int) -> bool:
    """Whether a redirect is all that an operation ever answers when all goes well."""
    result = tool.endpoint.result
    known = {response.status.upper() for response in tool.endpoint.responses}
    known |= {result.status.upper()} if result is not None else set()
    succeeds = any(one.startswith("2") for one in known)
    return 300 <= status < 400 and not succeeds and not known.isdisjoint({str(status), "3XX"})


def _not_json(
    tool: Tool, answer: Answer, text: str, told: list[str], *, strict: bool, limit: int
) -> types.CallToolResult:  # fmt: skip
    """An answer that is no JSON: text as text, the rest as the file that it is."""
    is_text = (
        not answer.body or answer.kind.startswith("text/") or answer.kind.endswith(("json", "xml")) or not answer.kind
    )
    if is_text:
        shown = text or f"{answer.status}, no content"
        found = text_result(shown, notes=told, limit=limit)
    else:
        shown = f"{answer.kind}, {len(answer.body)} bytes"
        file = File.from_bytes(answer.body, name="answer", content_type=answer.kind)
        found = types.CallToolResult(content=[*file_blocks(file), *text_result("", notes=told).content[1:]])
    if tool.output_schema is None:
        return found
    wrong = f"{answer.status}, but the answer is not the documented JSON"
    if strict:
        return text_result(f"{wrong}: {shown}", is_error=True, notes=told, limit=limit)
    note = types.TextContent(type="text", text=f"The call succeeded: {wrong}.")
    return found.model_copy(
        update={"content": [*found.content, note], "structured_content": {"result": shown[: limit or None]}}
    )


def json_of(answer: Answer) -> Json:
    """What a JSON answer, or a stream of JSON, holds.

    Raises:
        ValueError: It is none.
    """
    text = answer.text
    if is_json(answer.kind):
        return json.loads(text, parse_constant=_refuse)
    if answer.kind == "text/event-stream":
        blocks = text.replace("\r\n", "\n").split("\n\n")
        data = ["\n".join(line[5:].strip() for line in b.split("\n") if line.startswith("data:")) for b in blocks]
        return [json.loads(item, parse_constant=_refuse) for item in data if item]
    if answer.kind in _LINES:
        return [json.loads(line.strip("\x1e"), parse_constant=_refuse) for line in text.split("\n") if line.strip()]
    raise ValueError("no JSON")


def _refuse(text: str) -> Json:
    raise ValueError(f"{text} is no JSON")
