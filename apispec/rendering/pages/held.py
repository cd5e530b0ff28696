"""What is said of values inside a list or a mapping, under conditions, or not allowed: as words, or as views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apispec.model import Schema
from apispec.rendering.pages.told import how_many, tells
from apispec.rendering.pages.views import FieldView, NestedView
from apispec.words import N_, _

_HOLDING = frozenset(
    {
        "items", "prefixItems", "unevaluatedItems", "contains", "additionalProperties", "propertyNames",
        "dependentSchemas", "not", "if", "contentSchema",
    }
)  # fmt: skip
"""Keywords with schemas that are neither parts nor fields nor choices."""


def held(
    parts: list[dict[str, Any]], fields: dict[str, Any], bare: Callable[[Schema], FieldView]
) -> tuple[list[str], list[NestedView]]:
    """Words and views.

    Args:
        parts: What says something of the value.
        fields: What is shown as fields already, so that it is left out.
        bare: Makes the view of a value without a name.
    """
    words: list[str] = []
    views: list[NestedView] = []
    if _HOLDING.isdisjoint(_keys(parts)):
        return words, views

    def add(label: str, schema: Schema, each: str) -> None:
        view = bare(schema)
        begins = _(each, limit="\0").partition("\0")[0]
        if not each or tells(view) or any(begins and text.startswith(begins) for text in view.constraints):
            views.append(NestedView(label=label, choice=True, fields=(view,)))
            return
        words.extend(_(each, limit=text) for text in view.constraints)
        views.extend(view.nested)

    for part in parts:
        prefix = part["prefixItems"] if is_list(part.get("prefixItems")) else []
        if "prefixItems" not in fields:
            for number, item in enumerate(prefix):
                add(_("Item {number}", number=number), item, "")
        if isinstance(part.get("items"), dict):
            if prefix:
                add(_("Each further item"), part["items"], N_("each further {limit}"))
            else:
                add(_("Each item"), part["items"], N_("each {limit}"))
        if (
            isinstance(part.get("additionalProperties"), dict)
            and part["additionalProperties"]
            and (not fields or "prefixItems" in fields)
        ):
            add(_("Each value"), part["additionalProperties"], N_("each {limit}"))
        if isinstance(part.get("unevaluatedItems"), dict):
            add(_("Each other item"), part["unevaluatedItems"], "")
        if isinstance(part.get("propertyNames"), dict):
            add(_("Each key"), part["propertyNames"], N_("each key {limit}"))
        if isinstance(part.get("contains"), dict):
            add(how_many(part), part["contains"], "")
        if isinstance(part.get("contentSchema"), dict) and part["contentSchema"]:
            add(_("Content"), part["contentSchema"], "")
        if isinstance(part.get("not"), dict):
            _excluded(bare(part["not"]), words, views)
        if "if" in part:
            for key, label in (("if", _("If")), ("then", _("Then")), ("else", _("Else"))):
                if isinstance(part.get(key), dict):
                    add(label, part[key], "")
        dependent = part.get("dependentSchemas")
        for key, inner in dependent.items() if isinstance(dependent, dict) else ():
            add(_("With {key}", key=key), inner, "")
    return words, views


def _excluded(view: FieldView, words: list[str], views: list[NestedView]) -> None:
    if view.nested or tells(view):
        views.append(NestedView(label=_("Not"), choice=True, fields=(view,)))
    else:
        words.append(_("not {what}", what=", ".join(filter(None, (view.plain_type, *view.constraints)))))


def _keys(parts: list[dict[str, Any]]) -> set[str]:
    return parts[0].keys() if len(parts) == 1 else {key for part in parts for key in part}  # type: ignore[return-value]


def is_list(value: Any) -> bool:
    """Whether something is a list that is not empty."""
    return isinstance(value, list) and bool(value)
