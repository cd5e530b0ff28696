"""Judging what ran: did it end well, did the intended values arrive unchanged, does the answer fit its documentation.

What is wrong comes back as one sentence; an empty one means that nothing is.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from apispec.model import Api, Endpoint, GradioCall, Json
from apispec.prove.cases import Case
from apispec.prove.running import Ran
from apispec.requests import FilePart, is_json
from apispec.runtime import Validator
from apispec.schemas import closure, is_file_data, types, walk
from apispec.snippets import gradio_context

Recorded = Sequence[Mapping[str, Any]]
"""Lines of `host.Recorder`."""


def check_process(ran: Ran, timeout: float) -> str:
    """Exit status and end."""
    if ran.code is None:
        return f"did not end within {timeout:g} s"
    if ran.code != 0:
        return f"ended with {ran.code}: {_last_words((ran.errors.strip() or ran.output.strip()).splitlines())}"
    return ""


def _last_words(lines: list[str]) -> str:
    """The line that says what went wrong: node's own is followed by the stack, by what was thrown, and its version."""
    named = [line.strip() for line in lines if _THROWN.match(line.strip())]
    shown = [line.strip() for line in lines if line.strip() and not line.startswith("Node.js v")]
    return (named or shown or ["without a word"])[-1]


_THROWN = re.compile(r"(?:Uncaught )?[\w.]*(?:Error|Exception)\b.*:|message: ")


def check_output(case: Case, ran: Ran) -> str:
    """The printed answer, where its notation can be read back: JSON of cURL, literals of Python."""
    result = case.endpoint.result
    if case.language == "curl" and case.protocol == "gradio":
        failure = next((data for name, data in _events(ran.output) if name == "error"), None)
        if failure is not None:
            return f"the call failed: {failure}"
        if not any(name == "complete" for name, _ in _events(ran.output)):
            return "no event says that the call is complete"
    if result is None or not result.media_type or result.is_file:
        return ""
    if case.protocol == "http" and not result.streaming and not is_json(result.media_type):
        return ""  # a text may be empty, and may look like JSON
    fetched = case.protocol == "gradio" and gradio_context(case.endpoint, {}, case.api).download
    if case.language == "python" and fetched and _has_files(case):
        return "" if ran.output.strip() else "printed nothing"  # the client saves files and gives their paths
    values = _printed(case, ran.output)
    if values is None:
        return "" if ran.output.strip() or case.language == "javascript" else "printed nothing"
    for value in values:
        problem = check_answer(case.endpoint, case.api, value)
        if problem and case.language == "python" and not result.streaming:
            # a text that looks like something else is printed just so
            problem = check_answer(case.endpoint, case.api, ran.output.rstrip("\n")) and problem
        if problem:
            return problem
    return ""


def printed_answer(case: Case, output: str) -> Json:
    """The answer that a snippet printed; None where it cannot be read back. Of JavaScript's own notation the texts and
    numbers of an object are read.
    """
    if case.language == "javascript":
        found = re.findall(r"[{,]\s*'?(\w+)'?: (?:'([^'\n]*)'|(-?\d+))(?=\s*[,}])", output)
        return {key: int(number) if number else text for key, text, number in found} or None
    try:
        values = _printed(case, output) if case.endpoint.result is not None else None
    except (ValueError, SyntaxError):
        return None
    return values[0] if values else None


def check_answer(endpoint: Endpoint, api: Api, value: Json) -> str:
    """One answer, or one value of a stream, against its schema."""
    if endpoint.result is None:
        return ""
    errors = Validator(endpoint.result.schema, api.schemas).errors(value)
    return f"the answer does not fit: {errors[0].pointer or 'it'} {errors[0].message}" if errors else ""


def check_arrival(case: Case, recorded: Recorded) -> str:
    """The call that arrived: once, with exactly the intended arguments, and answered well."""
    calls = [line for line in recorded if "arguments" in line]
    if not calls:
        return "no call arrived"
    if len(calls) > 1:
        return f"{len(calls)} calls arrived instead of one"
    call = calls[0]
    if call["endpoint"] != case.endpoint.name:
        return f"the call was to {call['endpoint']}"
    problem = compare(case, call["arguments"])
    if problem:
        return problem
    answers = [line for line in recorded if line["call"] == call["call"] and line is not call]
    refused = next((line["problem"] for line in answers if "problem" in line), None)
    if refused is not None:
        return f"was answered with status {refused}"
    if case.endpoint.result is not None and not case.endpoint.result.streaming and not answers:
        return "was not answered"
    return ""


def compare(case: Case, arrived: Mapping[str, Json]) -> str:
    """The arguments that arrived against the intended ones."""
    intended = {name: _plain(value) for name, value in case.arguments.items()}
    for name, value in intended.items():
        if name not in arrived:
            return f"argument {name} did not arrive"
        if not same(arrived[name], value):
            return f"argument {name} arrived as {shortened(arrived[name])} instead of {shortened(value)}"
    for name, value in arrived.items():
        parameter = case.endpoint.parameter(name)
        default = parameter.default if parameter is not None else None
        is_default = default is not None and (not default.is_json or same(default.value, value))
        if name not in intended and not is_default:
            return f"argument {name} arrived, which was not sent"
    return ""


def same(left: Json, right: Json) -> bool:
    """Whether two JSON values are the same; 1 and 1.0 are, 1 and true are not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(v, right[k]) for k, v in left.items())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return bool(left == right)


def _plain(value: Any) -> Any:
    """An intended value as the recorder writes it."""
    if isinstance(value, FilePart):
        data = value.data
        return {"$file": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _printed(case: Case, output: str) -> list[Json] | None:
    """The answers in an output; None where they can't be read back."""
    assert case.endpoint.result is not None
    streaming = case.endpoint.result.streaming
    several, schema = len(case.endpoint.result.fields) > 1, case.endpoint.result.schema
    try:
        if case.language == "curl":
            if case.protocol == "http" and not streaming:
                return [json.loads(output)]
            wanted = "generating" if streaming else "complete"
            found = [json.loads(data) for name, data in _events(output) if name == wanted]
            if case.protocol == "http":
                return found
            silent = case.endpoint.call.silent_outputs if isinstance(case.endpoint.call, GradioCall) else ()
            shown = [[part for i, part in enumerate(value) if i not in silent] for value in found]
            return [value if several else value[0] for value in shown]
        if case.language == "python":
            lines = output.strip().splitlines()
            if case.protocol == "gradio":
                lines = [line for line in lines if not line.startswith("Loaded as API")]
            texts = lines if streaming else ["\n".join(lines)]
            if isinstance(schema, dict) and types(schema) == ("string",):
                return list(texts)  # printed as it is, even where it looks like a literal
            return [_listed(ast.literal_eval(text)) for text in texts]
    except (ValueError, SyntaxError, IndexError):
        return None
    return None


def _has_files(case: Case) -> bool:
    """Whether files are in the result."""
    result, schemas = case.endpoint.result, case.api.schemas
    assert result is not None
    reached = [result.schema, *closure(result.schema, schemas).values()]
    return any(is_file_data(part, schemas) for schema in reached for part in walk(schema))


def _listed(value: Any) -> Json:
    """Tuples, as which gradio_client gives several outputs, as lists."""
    return [_listed(v) for v in value] if isinstance(value, tuple) else value


def _events(text: str) -> list[tuple[str, str]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in fields:
            found.append((fields.get("event", "message"), fields["data"]))
    return found


def shortened(value: Json) -> str:
    """A value for a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:119] + "…"
