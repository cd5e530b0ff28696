"""OpenAPI Overlays (1.0 and 1.1): a file of actions that change a document without touching it.

Actions are carried out in order; their targets are JSONPath expressions (RFC 9535).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apispec.documents.document import Document, load
from apispec.documents.pointers import escape
from apispec.documents.problems import remark
from apispec.errors import DocumentError
from apispec.findings import Finding, Location

_KNOWN = ("target", "description", "update", "remove", "copy")


@dataclass(frozen=True, slots=True)
class Action:
    """One change."""

    target: str
    update: Any
    """What is put in; `MISSING` where nothing is."""
    remove: bool
    copy: str
    """Where what is put in stands in the document, instead of `update` (Overlay 1.1)."""
    place: Location


_NOTHING: Any = object()


def overlaid(document: Document, overlays: Iterable[str], *, allow_remote: bool = False) -> Document:
    """A document after the actions of overlays; itself where there are none.

    Args:
        document: One that could be read; its findings gain those of the overlays.
        overlays: Files or addresses, in the order in which they apply.
        allow_remote: Whether an address may be fetched.

    Raises:
        DocumentError: An overlay cannot be read, or is none.
    """
    for name in overlays:
        if not document.readable:
            return document
        data = copy.deepcopy(document.data)
        findings: list[Finding] = []
        for action in actions(load(name, allow_remote=allow_remote)):
            data = _applied(data, action, findings)
        document = replace(document, data=data, findings=(*document.findings, *findings))
    return document


def actions(overlay: Document) -> list[Action]:
    """The actions of an overlay.

    Raises:
        DocumentError: It is none.
    """
    data = overlay.required()

    def refuse(pointer: str, message: str, hint: str = "") -> DocumentError:
        return DocumentError(message, where=str(overlay.locate(pointer)), hint=hint)

    if not isinstance(data, Mapping) or "overlay" not in data:
        raise refuse("", "this is no OpenAPI Overlay: it has no `overlay`", "write `overlay: 1.0.0`, info and actions")
    if not re.match(r"1\.\d", str(data["overlay"])):
        raise refuse("/overlay", f"Overlay {data['overlay']} is not known", "1.0.0 and 1.1.0 are")
    given = data.get("actions")
    if not isinstance(given, list) or not given:
        raise refuse("/actions", "an Overlay has a list of actions")
    found = []
    for number, raw in enumerate(given):
        at = f"/actions/{number}"
        if not isinstance(raw, Mapping) or not isinstance(raw.get("target"), str):
            raise refuse(at, "an action has a target, a JSONPath expression")
        unknown = [key for key in raw if key not in _KNOWN and not str(key).startswith("x-")]
        if unknown:
            raise refuse(f"{at}/{escape(str(unknown[0]))}", f"an action has no key {unknown[0]!r}", "update or remove")
        if not isinstance(raw.get("remove", False), bool):
            raise refuse(f"{at}/remove", "remove is true or false")
        if not isinstance(raw.get("copy", ""), str):
            raise refuse(f"{at}/copy", "copy is a JSONPath expression")
        if not (raw.get("remove") or "update" in raw or raw.get("copy")):
            raise refuse(at, "an action does nothing without update or remove")
        for key in ("target", "copy"):
            if raw.get(key):
                _query(str(raw[key]), str(overlay.locate(f"{at}/{key}")))
        action = Action(
            raw["target"], raw.get("update", _NOTHING), raw.get("remove", False), raw.get("copy", ""),
            overlay.locate(f"{at}/target"),
        )  # fmt: skip
        found.append(action)
    return found


def _query(text: str, where: str) -> Any:
    import jsonpath_rfc9535 as jsonpath

    try:
        return jsonpath.compile(text)
    except jsonpath.JSONPathError as error:
        said = str(error).partition("\n")[0]
        raise DocumentError(f"{text!r} is no JSONPath: {said}", where=where, hint="RFC 9535 says what is") from None


def _applied(data: Any, action: Action, findings: list[Finding]) -> Any:
    """The data after one action; `data` itself is changed where that is possible."""
    import jsonpath_rfc9535 as jsonpath

    try:
        nodes = [node.location for node in _query(action.target, str(action.place)).find(data)]
        sources = [node.value for node in _query(action.copy, "").find(data)] if action.copy else []
    except (jsonpath.JSONPathError, RecursionError) as error:
        raise DocumentError(f"{action.target!r} cannot be followed: {error}", where=str(action.place)) from None
    if not nodes:
        message = f"The target {action.target} of an overlay's action matches nothing."
        findings.append(remark("overlay-without-match", message, action.place, "mend the target, or take it out"))
        return data
    if action.copy and len(sources) != 1:
        message = f"{action.copy} is to be copied and matches {len(sources)} places, not one."
        findings.append(remark("overlay-without-match", message, action.place, "copy names one place"))
        return data
    if action.remove:
        for location in sorted(nodes, key=lambda at: [(isinstance(s, int), s) for s in at], reverse=True):
            if not location:
                raise DocumentError("an overlay cannot remove the whole document", where=str(action.place))
            parent = _at(data, location[:-1])
            if parent is not None and (isinstance(parent, list) or location[-1] in parent):
                del parent[location[-1]]
        return data
    update = copy.deepcopy(sources[0]) if action.copy else action.update
    for location in nodes:
        node = _at(data, location)
        if isinstance(node, dict) and not isinstance(update, Mapping):
            message = f"{action.target} is an object, which can be updated only with an object."
            findings.append(remark("overlay-unlike-target", message, action.place, "write the keys to change"))
            return data
        merged = _merged(node, update, top=True)
        if not location:
            data = merged
        else:
            _at(data, location[:-1])[location[-1]] = merged
    return data


def _at(data: Any, location: Sequence[str | int]) -> Any:
    """The value at a place; None where an earlier removal took it away."""
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _merged(value: Any, update: Any, *, top: bool) -> Any:
    """An object gains and changes keys; to an array an entry is added, inside an object the entries of another array;
    anything else is replaced.
    """
    if isinstance(value, dict) and isinstance(update, Mapping):
        for key, inner in update.items():
            value[key] = _merged(value[key], inner, top=False) if key in value else copy.deepcopy(inner)
        return value
    if isinstance(value, list):
        if isinstance(update, list):
            return [*value, *copy.deepcopy(update)]
        if top:
            return [*value, copy.deepcopy(update)]
    return copy.deepcopy(update)
