"""OpenAPI documents, static API docs with snippets that run, and MCP tool listings from Python functions.

Names are imported when first used, so that `import apispec` in an app costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.version import __version__

if TYPE_CHECKING:
    from apispec.declaring import App, Error, File, Session

__all__ = ["App", "Error", "File", "Session", "__version__"]

_HOMES = {
    "App": "apispec.declaring.app",
    "Error": "apispec.declaring.error",
    "File": "apispec.declaring.types",
    "Session": "apispec.declaring.types",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'apispec' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home), name)
