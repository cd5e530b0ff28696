"""Readable types with links to the components that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from apispec.model import Schema
from apispec.rendering.pages.text import escape
from apispec.schemas import Schemas, readable_type, ref_name, variants

INNER = frozenset(
    {
        "$ref", "properties", "patternProperties", "allOf", "anyOf", "oneOf", "items", "prefixItems",
        "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "dependentSchemas", "not",
        "if", "contains", "contentSchema",
    }
)  # fmt: skip
"""What makes a schema more than a plain value: a plain one names no component and looks the same everywhere."""


class TypeLinks:
    """Types for one page.

    Args:
        schemas: The Api's components.
        href: Where a component is described, seen from the page; None where it is not.
    """

    def __init__(self, schemas: Schemas, href: Callable[[str], str | None]) -> None:
        self._schemas = schemas
        self._href = href

    def of(self, schema: Schema, nullable: bool = False) -> tuple[Markup, str]:
        """The readable type, with links and as text; `nullable` where a component, too, may allow null."""
        text = readable_type(schema, self._schemas)
        names = sorted(set(_named(schema)), key=len, reverse=True)
        if not names:
            return escape(text), text
        if nullable and not re.search(r"\bnull\b", text):
            text = f"({text}) | null" if " & " in text else f"{text} | null"
        pieces = re.split("(" + "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) + ")", text)
        return Markup("").join(self._linked(piece) if piece in names else escape(piece) for piece in pieces), text

    def _linked(self, name: str) -> Markup:
        href = self._href(name)
        return Markup('<a href="{}">{}</a>').format(escape(href), escape(name)) if href else escape(name)


def _named(schema: Schema, depth: int = 4) -> Iterator[str]:
    """The components that the readable type of a schema names."""
    if not isinstance(schema, dict) or depth == 0 or INNER.isdisjoint(schema):
        return
    name = ref_name(schema)
    if name is not None:
        yield name
        return
    parts = [*variants(schema), *schema.get("allOf", ()), *schema.get("prefixItems", ())]
    for part in (*parts, schema.get("items"), schema.get("additionalProperties")):
        if part is not None:
            yield from _named(part, depth - 1)
