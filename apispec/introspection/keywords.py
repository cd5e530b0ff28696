"""What a docstring says about the keys of `**kwargs`, which no signature names.

Google's `Keyword Args:`, NumPy's `Other Parameters` and Sphinx' `:keyword name:` are for them; many authors list them
below their other parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from typing import Any

from apispec.introspection.acceptance import Acceptance
from apispec.introspection.docstrings import DocParameter
from apispec.introspection.doctypes import docstring_hint
from apispec.introspection.hints import MISSING
from apispec.introspection.schemas import SchemaBatch
from apispec.introspection.texts import secret_in
from apispec.model import Schema
from apispec.records import dataclass

_SOURCE = "x-type-source"


@dataclass(frozen=True, slots=True)
class Keyword:
    """One key."""

    name: str
    said: DocParameter
    key: Any
    """Of its schema in the batch; None where the docstring gives no type that is sure."""


def keywords(
    documented: Mapping[str, DocParameter], names: Collection[str], hint: Any, batch: SchemaBatch
) -> tuple[Keyword, ...]:
    """The keys of `**kwargs` that are documented.

    Args:
        documented: All that a docstring says about parameters.
        names: The function's own parameters.
        hint: Of each value of `**kwargs`, which counts before the docstring; MISSING where there is none.
        batch: Takes the types that the docstring gives.
    """
    found: list[Keyword] = []
    for name, said in documented.items():
        if name not in names and name.isidentifier():
            own = docstring_hint(said.type) if said.type and hint in (MISSING, Any, object) else None
            found.append(Keyword(name, said, None if own is None else batch.add(own)))
    return tuple(found)


def properties(
    keys: Collection[Keyword], each: Schema, batch: SchemaBatch, acceptance: Acceptance
) -> dict[str, Schema]:
    """Their schemas by name.

    Args:
        keys: From `keywords`.
        each: The schema of any value of `**kwargs`.
        batch: The built one that `keywords` has asked.
        acceptance: Tells whether a default that is written fits.
    """
    made: dict[str, Schema] = {}
    for one in keys:
        schema: dict[str, Any] = dict(each) if isinstance(each, dict) else {}
        if one.key is not None:
            described = batch.get(one.key).schema
            schema = {**(described if isinstance(described, dict) else {}), _SOURCE: "docstring"}
        if one.said.description:
            schema["description"] = one.said.description
        known, default = _default(one.said.default)
        if known and acceptance.accepts(schema, default) and not secret_in(default, one.name):
            schema["default"] = default
        made[one.name] = schema
    return made


def _default(text: str) -> tuple[bool, Any]:
    """Whether a default is written as a plain value, and that."""
    try:
        value = ast.literal_eval(text) if text else MISSING
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return False, None
    return isinstance(value, (str, int, float, bool)), value
