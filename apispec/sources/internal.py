"""What a document marks as internal (`x-internal: true`), taken out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from apispec.documents import Document, escape
from apispec.findings import Finding, Location, Severity

_KEY = "x-internal"
_KINDS = {
    "paths": "path", "parameters": "parameter", "properties": "field", "tags": "tag", "servers": "server",
    "webhooks": "webhook", "schemas": "schema", "get": "operation", "put": "operation", "post": "operation",
    "delete": "operation", "options": "operation", "head": "operation", "patch": "operation", "trace": "operation",
    "query": "operation",
}  # fmt: skip
"""What a thing is, by the key that it has or stands under."""
_NAMED = frozenset(
    {"paths", "properties", "webhooks", "schemas", "parameters", "responses", "headers", "requestBodies"}
)
_VALUES = frozenset({"example", "examples", "default", "enum", "const", "value", "x-internal"})
"""Keywords whose values are data: what looks like a mark there is none."""


def without_internal(document: Document) -> Document:
    """A document without what it marks as internal, and without components that nothing but that referred to.

    A component that is marked and still needed stays, with a finding. The document itself is left as it is.
    """
    if not document.readable or not isinstance(document.data, dict):
        return document
    gone: Counter[str] = Counter()
    data = _kept(document.data, "", gone)
    findings = []
    before, after = _reached(document.data), _reached(data)
    for kind, name, thing in _components(data):
        pointer = f"#/components/{escape(kind)}/{escape(name)}"
        marked = isinstance(thing, dict) and thing.get(_KEY) is True
        if pointer in after:
            if marked:
                message = f"{name} is marked as internal, but what is published refers to it, so it is shown."
                place = document.locate(pointer[1:])
                findings.append(Finding("internal-needed", Severity.WARNING, message, place))
        elif marked or pointer in before:
            del data["components"][kind][name]
            gone["schema" if kind == "schemas" else "component"] += 1
    if not gone:
        return replace(document, findings=(*document.findings, *findings))
    told = ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in sorted(gone.items()))
    message = f"Left out because it is marked as internal: {told}."
    findings.append(Finding("internal-left-out", Severity.INFO, message, Location(document.file)))
    return replace(document, data=data, findings=(*document.findings, *findings))


def _components(data: dict[str, Any]) -> list[tuple[str, str, Any]]:
    components = data.get("components")
    kinds = components.items() if isinstance(components, dict) else ()
    return [(kind, name, one) for kind, things in kinds if isinstance(things, dict) for name, one in things.items()]


def _reached(data: dict[str, Any]) -> set[str]:
    """The components that the document refers to from outside of them, or from others that it so refers to."""
    known = {f"#/components/{escape(kind)}/{escape(str(name))}": one for kind, name, one in _components(data)}
    found: set[str] = set()
    left = [{key: value for key, value in data.items() if key != "components"}]
    while left:
        for target in _references(left.pop()):
            whole = "/".join(target.split("/")[:4])
            if whole in known and whole not in found:
                found.add(whole)
                left.append(known[whole])
    return found


def _kept(value: Any, key: str, gone: Counter[str]) -> Any:
    """A copy less what is marked; whole components stay, until it is known whether they are needed."""
    if isinstance(value, list):
        return [_kept(one, "", gone) for one in value if not _dropped(one, key, gone)]
    if not isinstance(value, dict):
        return value
    names = key in _NAMED
    found = {}
    for name, inner in value.items():
        if not names and name in _VALUES:
            found[name] = inner
        elif key == "components" and isinstance(inner, dict):
            found[name] = {one: _kept(thing, "", gone) for one, thing in inner.items()}
        elif not _dropped(inner, key if names else str(name), gone):
            found[name] = _kept(inner, "" if names else str(name), gone)
    if isinstance(found.get("required"), list) and isinstance(value.get("properties"), dict):
        lost = value["properties"].keys() - found.get("properties", {}).keys()
        found["required"] = [name for name in found["required"] if name not in lost]
    return found


def _dropped(value: Any, key: str, gone: Counter[str]) -> bool:
    if not isinstance(value, dict) or value.get(_KEY) is not True:
        return False
    gone[_KINDS.get(key, "part")] += 1
    return True


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref" and isinstance(inner, str):
                yield inner
            elif key == "mapping" and isinstance(inner, dict):
                yield from (str(target) for target in inner.values())
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
