"""Which keys the objects of an Arazzo document have, and of what type their values are."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from apispec.documents import join

Problem = tuple[str, str, str]
"""Pointer, what is wrong, what to do."""

_ACTION = {
    "name!": "text", "type!": "end|goto", "workflowId": "text", "stepId": "text", "parameters": "[parameter?]",
    "criteria": "[criterion]",
}  # fmt: skip

SHAPES: dict[str, dict[str, str]] = {
    "description": {
        "arazzo!": "text", "$self": "text", "info!": "info", "sourceDescriptions!": "[source]",
        "workflows!": "[workflow]", "components": "components",
    },
    "info": {"title!": "text", "summary": "text", "description": "text", "version!": "text"},
    "source": {"name!": "text", "url!": "text", "type": "openapi|arazzo|asyncapi"},
    "workflow": {
        "workflowId!": "text", "summary": "text", "description": "text", "inputs": "schema", "dependsOn": "[text]",
        "steps!": "[step]", "successActions": "[success?]", "failureActions": "[failure?]", "outputs": "{value}",
        "parameters": "[parameter?]",
    },
    "step": {
        "stepId!": "text", "description": "text", "operationId": "text", "operationPath": "text", "channelPath": "text",
        "workflowId": "text", "parameters": "[parameter?]", "requestBody": "body", "successCriteria": "[criterion]",
        "onSuccess": "[success?]", "onFailure": "[failure?]", "outputs": "{value}", "timeout": "number",
        "correlationId": "text", "action": "send|receive", "dependsOn": "[text]",
    },
    "parameter": {"name!": "text", "in": "path|query|querystring|header|cookie", "value!": "any"},
    "success": _ACTION,
    "failure": {**_ACTION, "type!": "end|goto|retry", "retryAfter": "number", "retryLimit": "integer"},
    "criterion": {"context": "text", "condition!": "text", "type": "language"},
    "language": {"type!": "simple|regex|jsonpath|xpath|jsonpointer", "version": "text"},
    "body": {"contentType": "text", "payload": "any", "replacements": "[replacement]"},
    "replacement": {"target!": "text", "targetSelectorType": "language", "value!": "any"},
    "selector": {"context!": "text", "selector!": "text", "type!": "language"},
    "components": {
        "inputs": "{schema}", "parameters": "{parameter}", "successActions": "{success}", "failureActions": "{failure}",
    },
}  # fmt: skip
"""Object → key (`!` = required) → type: a kind of object, `[list]`, `{map}`, choices, `?` = a Reusable Object, too."""

_ARTICLES = {
    "description": "an Arazzo document", "info": "info", "source": "a source description", "workflow": "a workflow",
    "step": "a step", "parameter": "a parameter", "success": "a success action", "failure": "a failure action",
    "criterion": "a criterion", "language": "a type", "body": "a request body", "replacement": "a replacement",
    "selector": "a selector", "components": "components",
}  # fmt: skip
_TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "text": (str, "a text"),
    "number": ((int, float), "a number"),
    "integer": (int, "a whole number"),
    "schema": ((dict, bool), "a schema"),
}


def problems(data: Any) -> Iterator[Problem]:
    """What is wrong with the shape of a document."""
    yield from _object(data, "description", ())


def _object(data: Any, kind: str, place: tuple[str | int, ...]) -> Iterator[Problem]:
    called = _ARTICLES[kind]
    if not isinstance(data, dict):
        yield join(place), f"{called} is an object, not {shown(data)}", ""
        return
    known = {name.removesuffix("!"): (name.endswith("!"), of) for name, of in SHAPES[kind].items()}
    for name, (required, of) in known.items():
        if name in data:
            yield from _value(data[name], of, (*place, name))
        elif required:
            yield join(place), f"{called} has no {name!r}", f"add {name}"
    for name in data:
        if name not in known and not str(name).startswith("x-"):
            close = difflib.get_close_matches(str(name), known, 1)
            hint = f"did you mean {close[0]}?" if close else f"it has {', '.join(known)}"
            yield join((*place, name)), f"{called} has no key {name!r}", hint


def _value(data: Any, of: str, place: tuple[str | int, ...]) -> Iterator[Problem]:
    if of == "any":
        return
    name = str(place[-1])
    if of.startswith("["):
        if not isinstance(data, list):
            yield join(place), f"{name} is a list, not {shown(data)}", ""
            return
        if not data and name in ("workflows", "steps", "sourceDescriptions", "successCriteria"):
            yield join(place), f"{name} is empty", "add at least one"
        for number, item in enumerate(data):
            yield from _value(item, of[1:-1], (*place, number))
    elif of.startswith("{"):
        if not isinstance(data, dict):
            yield join(place), f"{name} is an object, not {shown(data)}", ""
            return
        for key, item in data.items():
            yield from _value(item, of[1:-1], (*place, key))
    elif of == "value":
        if isinstance(data, dict):
            yield from _object(data, "selector", place)
        elif not isinstance(data, str):
            yield join(place), f"an output is an expression such as $response.body, not {shown(data)}", ""
    elif of == "language" and isinstance(data, str):
        yield from _value(data, SHAPES["language"]["type!"], (*place[:-1], "type"))
    elif of.endswith("?") and isinstance(data, dict) and "reference" in data:
        if not isinstance(data["reference"], str):
            yield join((*place, "reference")), f"a reference is a text, not {shown(data['reference'])}", ""
    elif of.removesuffix("?") in SHAPES:
        yield from _object(data, of.removesuffix("?"), place)
    elif "|" in of:
        if data not in of.split("|"):
            yield join(place), f"{name} is {' or '.join(of.split('|'))}, not {shown(data)}", ""
    else:
        kind, called = _TYPES[of]
        if not isinstance(data, kind) or (
            isinstance(data, bool) and bool not in (kind if isinstance(kind, tuple) else ())
        ):
            hint = "put it in quotes" if of == "text" and not isinstance(data, (dict, list)) else ""
            yield join(place), f"{name} is {called}, not {shown(data)}", hint
        elif isinstance(data, (int, float)) and data < 0:
            yield join(place), f"{name} is not negative", ""


def shown(value: Any) -> str:
    """What a value is, for a sentence."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null"
    text = repr(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
