"""Is this document valid OpenAPI, and is it good OpenAPI?

Here: the official schemas (`official`), openapi-spec-validator (`reference`), and the run over documents that puts
validity and `apispec.rules` together (`run`). Not here: reading (`apispec.documents`), the rules, printing
(`apispec.reports`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.validation.baseline import Baseline as Baseline
    from apispec.validation.coverage import badge as badge
    from apispec.validation.generated import check as check
    from apispec.validation.run import Options as Options
    from apispec.validation.run import Validation as Validation
    from apispec.validation.run import errors as errors
    from apispec.validation.run import validate as validate
    from apispec.validation.versions import version_of as version_of
else:
    __all__, __getattr__ = exports(
        __name__,
        baseline="Baseline",
        coverage="badge",
        generated="check",
        official="",
        reference="",
        run="Options Validation errors validate",
        versions="version_of",
    )
