"""openapi-spec-validator, the reference for what apispec generates; imported only when asked, since that takes 0.2 s.

Its findings are passed on, but for what is listed in `_is_right`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.documents import join
from apispec.rules import is_pattern
from apispec.validation.official import Problem
from apispec.validation.versions import version_of


def check(document: dict[str, Any]) -> Iterator[Problem]:
    """What openapi-spec-validator says about a document.

    Args:
        document: An OpenAPI document whose references are all local (others would be fetched).

    Raises:
        ValueError: The document says no version that is known.
    """
    from openapi_spec_validator import (
        OpenAPIV2SpecValidator,
        OpenAPIV30SpecValidator,
        OpenAPIV31SpecValidator,
        OpenAPIV32SpecValidator,
    )

    validators = {
        "2.0": OpenAPIV2SpecValidator,
        "3.0": OpenAPIV30SpecValidator,
        "3.1": OpenAPIV31SpecValidator,
        "3.2": OpenAPIV32SpecValidator,
    }
    version = version_of(document)
    if version is None:
        raise ValueError("no known OpenAPI version")
    try:
        for error in validators[version](document).iter_errors():
            if _is_right(error):
                yield join(error.absolute_path), error.message.splitlines()[0][:300].rstrip(".") + ".", ""
    except Exception as error:  # it raises many kinds where references dangle or go round in circles
        yield "", f"openapi-spec-validator cannot follow this document: {type(error).__name__} {str(error)[:100]}", ""


def _is_right(error: Any) -> bool:
    r"""False for what openapi-spec-validator refuses although it is allowed.

    - Patterns are ECMA-262 expressions; it tries them with Python's `re`, which knows no `\p{L}`.
    """
    if error.validator == "format" and error.validator_value == "regex":
        return not is_pattern(error.instance)
    return True
