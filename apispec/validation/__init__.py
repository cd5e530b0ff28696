"""Is this document valid OpenAPI, and is it good OpenAPI?

Here: the official schemas (`official`), openapi-spec-validator (`reference`), and the run over documents that puts
validity and `apispec.rules` together (`run`). Not here: reading (`apispec.documents`), the rules, printing
(`apispec.reports`).
"""

from __future__ import annotations

from apispec.validation.generated import check
from apispec.validation.run import Options, Validation, validate
from apispec.validation.versions import version_of

__all__ = ["Options", "Validation", "check", "validate", "version_of"]
