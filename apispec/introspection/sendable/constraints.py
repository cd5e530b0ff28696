"""What attrs, msgspec and pydantic 1 say of values beside their types, as pydantic says it: bounds and patterns."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

_BOUNDS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length")
_OPERATORS = {">": "gt", ">=": "ge", "<": "lt", "<=": "le"}
_BASES = (bool, int, float, Decimal, str, bytes, date)


def field(**said: Any) -> Any:
    """Field(...) of pydantic with what is said; None where nothing is."""
    from pydantic import Field

    known = {key: value for key, value in said.items() if value is not None}
    return Field(**known) if known else None


def of_msgspec(metadata: Any) -> Any:
    """A `msgspec.Meta` as pydantic's `Field`; anything else as it is."""
    if not isinstance(metadata, sys.modules["msgspec"].Meta):
        return metadata
    bounds = {name: getattr(metadata, name, None) for name in _BOUNDS}
    extra = dict(metadata.extra_json_schema or {})
    made = field(
        **bounds, pattern=metadata.pattern, title=metadata.title, description=metadata.description,
        examples=list(metadata.examples) if metadata.examples else None, json_schema_extra=extra or None,
    )  # fmt: skip
    return metadata if made is None else made


def of_attrs(hint: Any, validator: Any) -> Any:
    """A hint with what the validators of its attrs field say."""
    for one in _validators(validator):
        kind = type(one).__name__
        said = None
        if kind == "_NumberValidator" and one.compare_op in _OPERATORS:
            said = field(**{_OPERATORS[one.compare_op]: one.bound})
        elif kind == "_MinLengthValidator":
            said = field(min_length=one.min_length)
        elif kind == "_MaxLengthValidator":
            said = field(max_length=one.max_length)
        elif kind == "_MatchesReValidator" and hint is str:
            whole = "fullmatch" in repr(one.match_func)
            said = field(pattern=f"^(?:{one.pattern.pattern})$" if whole else one.pattern.pattern)
        elif kind == "_InValidator" and hint in (str, int):
            options = tuple(one.options) if isinstance(one.options, (list, tuple)) else ()
            hint = Literal[options] if options and all(type(o) is hint for o in options) else hint
        hint = hint if said is None else Annotated[hint, said]
    return hint


def _validators(validator: Any) -> Iterator[Any]:
    """Validators one by one, out of `and_` and `optional`."""
    if validator is None:
        return
    inner = getattr(validator, "_validators", None) if type(validator).__name__ == "_AndValidator" else None
    if isinstance(inner, (list, tuple)):
        for one in inner:
            yield from _validators(one)
    else:
        yield validator


def of_pydantic1(hint: Any) -> Any:
    """A type of pydantic 1 (`constr`, `conint`, `EmailStr`, `AnyUrl`, `SecretStr`) as a hint; None for all else."""
    if not isinstance(hint, type) or not any(base.__module__.startswith("pydantic.v1") for base in hint.__mro__):
        return None
    if hint.__name__ in ("SecretStr", "SecretBytes"):
        import pydantic

        return getattr(pydantic, hint.__name__)
    bounds = {name: getattr(hint, name, None) for name in _BOUNDS}
    item = getattr(hint, "item_type", None)
    container = next((base for base in (list, set, frozenset) if issubclass(hint, base)), None)
    if container is not None and item is not None:
        said = field(min_length=getattr(hint, "min_items", None), max_length=getattr(hint, "max_items", None))
        made: Any = container[item]
        return made if said is None else Annotated[made, said]
    base = next((base for base in _BASES if issubclass(hint, base)), None)
    if base is None:
        return None
    pattern = getattr(hint, "regex", None)
    pattern = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
    form = "email" if hint.__name__ == "EmailStr" else "uri" if hasattr(hint, "allowed_schemes") else None
    said = field(**bounds, pattern=pattern, json_schema_extra={"format": form} if form else None)
    return base if said is None else Annotated[base, said]
