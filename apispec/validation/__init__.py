"""Is this document valid OpenAPI, and is it good OpenAPI?

Here: the official schemas (`official`), openapi-spec-validator (`reference`), and the run over documents that puts
validity and `apispec.rules` together (`run`). Not here: reading (`apispec.documents`), the rules, printing
(`apispec.reports`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.validation.generated import check
from apispec.validation.versions import version_of

if TYPE_CHECKING:
    from apispec.validation.run import Options, Validation, errors, validate

__all__ = ["Options", "Validation", "check", "errors", "validate", "version_of"]


def __getattr__(name: str) -> Any:
    """Import what only `apispec validate` needs when it is first used (PEP 562)."""
    if name not in ("Options", "Validation", "errors", "validate"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from apispec.validation import run

    return getattr(run, name)
