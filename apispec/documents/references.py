"""Where references stand in a document: in objects of the specification, never in data (examples, own keys)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from apispec.documents.grammar import GRAMMAR, MAP, ONE, REFERABLE, Shape

_DATA = frozenset({"example", "enum", "const", "default", "value", "dataValue"})
"""Keys whose content is data in values that are no OpenAPI documents."""

NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas"})
"""Keys that hold schemas by name, whatever the names are."""


class Site(NamedTuple):
    """One reference."""

    place: tuple[str | int, ...]
    """The tokens down to the object that it stands in."""
    holder: dict[str, Any]
    key: str
    """The key of the text in that object: `$ref`, but for mappings of discriminators and links."""
    reference: str
    kind: str
    """What is expected where it leads to; empty in values that are no OpenAPI documents."""
    shape: Shape
    """Whether it stands for one object, a list of them, or a map."""

    @property
    def tokens(self) -> tuple[str | int, ...]:
        """The tokens down to the text."""
        return (*self.place, self.key)

    @property
    def is_known(self) -> bool:
        """Whether OpenAPI knows references here; many tools follow them elsewhere, too."""
        return self.shape is ONE and (self.kind in REFERABLE or not self.kind or self.key != "$ref")


def kind_of(data: Any) -> str:
    """What the whole of a file is: `document`, or nothing that is known."""
    return "document" if isinstance(data, dict) and ("openapi" in data or "swagger" in data) else ""


def sites(
    value: Any,
    kind: str,
    shape: Shape = ONE,
    place: tuple[str | int, ...] = (),
    seen: set[tuple[int, str]] | None = None,
) -> Iterator[Site]:
    """Every reference in a value, none followed, in the order of the text; a value that is shared is visited once.

    Args:
        value: An object, a list or a map of objects.
        kind: What they are, see `grammar`.
        shape: Which of the three.
        place: Tokens down to the value.
        seen: What was visited before; kept up to date.
    """
    known = seen if seen is not None else set()
    waiting: list[tuple[tuple[str | int, ...], Any, str, Shape]] = [(place, value, kind, shape)]
    while waiting:
        at, inner, what, form = waiting.pop()
        mark = (id(inner), f"{what} {form.value}")
        if not isinstance(inner, (dict, list)) or mark in known:
            continue
        known.add(mark)
        if isinstance(inner, list):
            waiting.extend(((*at, n), item, what, ONE) for n, item in reversed(list(enumerate(inner))))
            continue
        if isinstance(reference := inner.get("$ref"), str):
            yield Site(at, inner, "$ref", reference, what, form)
        if form is ONE:
            yield from _otherwise(inner, what, at)
        waiting.extend(reversed(list(_inside(inner, what, form, at))))


def _inside(
    value: dict[str, Any], kind: str, shape: Shape, place: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any, str, Shape]]:
    if shape is not ONE:
        is_open = kind == "path-item" or (kind == "response" and not is_components(place))
        for name, item in value.items():
            if isinstance(item, (dict, list)) and not (is_open and name[:2] == "x-"):
                yield (*place, name), item, kind, ONE
    elif kind == "callback":
        yield from _inside(value, "path-item", MAP, place)
    elif kind:
        known = GRAMMAR.get(kind, {})
        for key in value:  # in the order of the text: names depend on it
            if key in known and isinstance(value[key], (dict, list)):
                yield (*place, key), value[key], *known[key]
    else:
        for key, item in value.items():
            if isinstance(item, (dict, list)) and key not in _DATA and key[:2] != "x-":
                yield (*place, key), item, "", ONE


def is_components(place: tuple[str | int, ...]) -> bool:
    """Whether a map is one of components, where no key is one of the author's own (`x-`)."""
    return place[-2:-1] == ("components",) or len(place) == 1


def _otherwise(value: dict[str, Any], kind: str, place: tuple[str | int, ...]) -> Iterator[Site]:
    """References by other keys than `$ref`."""
    mark = value.get("discriminator") if kind == "schema" else None
    said = mark.get("mapping") if isinstance(mark, dict) else None
    mapping: dict[str, Any] = said if isinstance(said, dict) else {}
    for name, target in mapping.items():
        if isinstance(target, str) and is_address(target):
            yield Site((*place, "discriminator", "mapping"), mapping, name, target, "schema", ONE)
    target = value.get("operationRef") if kind == "link" else None
    if isinstance(target, str) and not target.startswith(("http://", "https://")):
        yield Site(place, value, "operationRef", target, "operation", ONE)


def is_address(target: str) -> bool:
    """Whether a discriminator's target is a reference, and no component's name (which may have dots)."""
    return "#" in target or "/" in target or target.lower().endswith((".json", ".yaml", ".yml"))


def reference_texts(value: Any) -> set[str]:
    """What stands under `$ref` anywhere in a value, data included: quick, and more than there are references."""
    found: set[str] = set()
    waiting = [value] if type(value) in (dict, list) else []
    while waiting:
        inner = waiting.pop()
        if type(inner) is dict:
            reference = inner.get("$ref")
            if isinstance(reference, str):
                found.add(reference)
            inner = inner.values()
        for one in inner:  # a loop, since a comprehension is a call, and there are very many
            kind = type(one)
            if kind is dict or kind is list:
                waiting.append(one)
    return found
