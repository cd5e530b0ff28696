"""References where OpenAPI knows none, as documents of many files have them: `paths: {$ref: paths.yaml}`.

They are findings of `apispec.validation`; here what they lead to takes their place, so that nothing is hidden and what
is published is valid.
"""

from __future__ import annotations

from typing import Any

from apispec.documents import MISSING, find

_ROOT = ("info", "servers", "security", "tags", "paths", "webhooks", "components", "externalDocs")
_OPERATION = ("tags", "parameters", "responses", "callbacks", "security", "servers", "externalDocs")
_PATH_ITEM = ("parameters", "servers")


def inlined(data: dict[str, Any], methods: tuple[str, ...]) -> dict[str, Any]:
    """The document without such references in its own file; itself where it has none.

    Args:
        data: As `apispec.documents.load` gives it.
        methods: The keys of a path item that are operations.
    """
    out = opened(data, data, _ROOT)
    if isinstance(components := out.get("components"), dict):
        out = _with(out, "components", opened(components, data, tuple(components)))
    for key in ("paths", "webhooks"):
        if isinstance(items := out.get(key), dict):
            made = {
                path: path_item(item, data, methods) if isinstance(item, dict) else item for path, item in items.items()
            }
            out = _with(out, key, items if all(made[path] is items[path] for path in items) else made)
    return out


def path_item(item: dict[str, Any], data: dict[str, Any], methods: tuple[str, ...]) -> dict[str, Any]:
    """A Path Item Object, what stands in place of its operations and their parts put there."""
    out = opened(item, data, (*_PATH_ITEM, *methods))
    for method in methods:
        if isinstance(operation := out.get(method), dict):
            out = _with(out, method, opened(operation, data, _OPERATION))
    return out


def opened(holder: dict[str, Any], data: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """An object with what its references under `keys` lead to; itself where there are none."""
    made = {key: target(holder[key], data) for key in keys if key in holder}
    return holder if all(made[key] is holder[key] for key in made) else {**holder, **made}


def target(value: Any, data: dict[str, Any]) -> Any:
    """What a reference leads to, whatever it is; a broken one stays."""
    found, seen = value, set()
    while isinstance(found, dict) and isinstance(reference := found.get("$ref"), str) and reference.startswith("#/"):
        if reference in seen:
            return value
        seen.add(reference)
        found = find(data, reference)
        if found is MISSING:
            return value
    return found


def _with(holder: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    return holder if holder[key] is value else {**holder, key: value}
