"""A build that would lose most of the previous site's endpoints is probably a mistake, and asks first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apispec.config import Config
from apispec.errors import OutputError
from apispec.model import Json

DOCUMENT = "openapi.json"
_FEW = 2
"""So many may always go: one endpoint of a small API that gets another name is no accident."""
_SHOWN = 5
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def check(folder: Path, document: str | bytes, config: Config) -> None:
    """Refuse to replace a site by one that lacks most of its endpoints.

    Args:
        folder: Where the previous site is, if there is one.
        document: The new OpenAPI document, JSON.
        config: With the share that may be lost, in per cent.

    Raises:
        OutputError: More would be lost; nothing is written.
    """
    if config.allow_shrink:
        return
    try:
        before = _operations(json.loads((folder / DOCUMENT).read_bytes()))
    except (OSError, ValueError, RecursionError):  # no previous site, or none of ours
        return
    after = _operations(json.loads(document))
    known = set(after) | {identifier for identifier in after.values() if identifier}
    lost = [name for name, identifier in before.items() if name not in known and identifier not in known]
    if len(lost) < _FEW or len(lost) * 100 <= len(before) * config.max_shrink:
        return
    named = ", ".join(lost[:_SHOWN]) + (f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else "")
    raise OutputError(
        f"the new site would lack {len(lost)} of the {len(before)} endpoints that are there: {named}",
        where=str(folder),
        hint="if that is meant, say --allow-shrink; max-shrink says how many per cent may go without asking",
    )


def _operations(document: Json) -> dict[str, str]:
    """`METHOD /path` → operationId, empty where it has none."""
    paths: Any = document.get("paths") if isinstance(document, dict) else None
    found: dict[str, str] = {}
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if method in _METHODS and isinstance(operation, dict):
                identifier = operation.get("operationId")
                found[f"{method.upper()} {path}"] = identifier if isinstance(identifier, str) else ""
    return found
