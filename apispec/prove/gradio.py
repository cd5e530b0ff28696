"""Judging the calls that reached a Gradio app against those that were meant (`apispec.hosting.hearing` writes them)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from apispec.model import GradioCall, Json
from apispec.prove.cases import Case
from apispec.prove.checking import same, shortened
from apispec.requests import FilePart
from apispec.schemas import is_file

_CLIENTS = {"python": "gradio_client", "javascript": "node", "curl": "curl", "tool": "python-httpx"}
"""How the User-Agent of what runs a language begins."""

Call = Mapping[str, Any]


def heard(file: Path) -> list[Call]:
    """The calls that were written down."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


def check_calls(case: Case, calls: Sequence[Call]) -> str:
    """The calls of one endpoint by one language: each with exactly the intended values; empty where they have them."""
    call = case.endpoint.call
    if not isinstance(call, GradioCall):
        return ""
    client = _CLIENTS.get(case.language, "")
    own = [c for c in calls if c["name"] == call.api_name and str(c["client"]).startswith(client)]
    if not own:
        return "no call arrived"
    return next((problem for one in own if (problem := _compare(case, call, one["data"]))), "")


def _compare(case: Case, call: GradioCall, data: Any) -> str:
    if not isinstance(data, list):
        return f"the arguments arrived as {shortened(data)} instead of a list"
    arrived = [value for place, value in enumerate(data) if place not in call.silent_inputs]
    for place, parameter in enumerate(case.endpoint.parameters):
        if place >= len(arrived):
            return f"argument {parameter.name} did not arrive"
        value, default = arrived[place], parameter.default
        if parameter.name in case.arguments:
            intended = _plain(case.arguments[parameter.name])
        elif default is not None and default.is_json and not is_file(default.value):
            intended = default.value
        else:
            continue
        if not same(value, intended):
            return f"argument {parameter.name} arrived as {shortened(value)} instead of {shortened(intended)}"
    return "" if len(arrived) == len(case.endpoint.parameters) else f"{len(arrived)} arguments arrived"


def _plain(value: Any) -> Json:
    """An intended value as it is written down."""
    if isinstance(value, FilePart):
        return {"$file": {"size": len(value.data), "sha256": hashlib.sha256(value.data).hexdigest()}}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {name: _plain(item) for name, item in value.items()} if isinstance(value, dict) else value
