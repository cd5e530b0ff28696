"""How much of a document is described, as one figure and as a badge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from apispec.rules import Index

KINDS = ("operation", "parameter", "property", "schema", "tag")
"""What is counted: each of these that a reader meets should have a text of its own."""


@dataclass(frozen=True)
class Coverage:
    """Described things of all things, by kind."""

    described: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.described + other.described, self.total + other.total)

    @property
    def percent(self) -> float:
        """From 0 to 100; 100 where there is nothing to describe."""
        total = self.total.total()
        return 100.0 * self.described.total() / total if total else 100.0


def measure(index: Index) -> Coverage:
    """The coverage of a document."""
    coverage = Coverage()
    for kind, is_described in _things(index):
        coverage.total[kind] += 1
        coverage.described[kind] += is_described
    return coverage


def _things(index: Index) -> Iterator[tuple[str, bool]]:
    for node in index.by_kind["operation"]:
        yield "operation", _has_text(node.value)
    for node in index.by_kind["parameter"]:
        if "$ref" not in node.value:
            yield "parameter", _has_text(node.value) or _has_text(index.resolve(node.value.get("schema")))
    for node in index.by_kind["schema"]:
        if node.slot == "properties":
            yield "property", _has_text(node.value) or _has_text(index.resolve(node.value))
        elif node.slot in ("schemas", "definitions"):
            yield "schema", _has_text(node.value)
    for node in index.by_kind["tag"]:
        yield "tag", _has_text(node.value)


def _has_text(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    for key in ("description", "summary"):
        said = value.get(key)
        if isinstance(said, str) and said and not said.isspace():
            return True
    return False


_COLOURS = ((90, "#2e7d32"), (70, "#8a6d00"), (0, "#b3261e"))
"""From which percentage a colour is used; each has a contrast of 4.5 or more with white."""


def badge(percent: float, label: str = "docs") -> str:
    """An SVG badge, `docs 87 %`."""
    value = f"{int(percent)} %"
    left, right = 12 + 7 * len(label), 12 + 7 * len(value)
    colour = next(colour for least, colour in _COLOURS if percent >= least)
    title = f"{label}: {value}"
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(left + right),
            "height": "20",
            "role": "img",
            "aria-label": title,
        },
    )
    ElementTree.SubElement(svg, "title").text = title
    ElementTree.SubElement(svg, "rect", {"width": str(left + right), "height": "20", "rx": "3", "fill": "#444"})
    ElementTree.SubElement(
        svg, "rect", {"x": str(left), "width": str(right), "height": "20", "rx": "3", "fill": colour}
    )
    style = {
        "fill": "#fff",
        "font-family": "Verdana,DejaVu Sans,sans-serif",
        "font-size": "11",
        "text-anchor": "middle",
    }
    group = ElementTree.SubElement(svg, "g", style)
    ElementTree.SubElement(group, "text", {"x": str(left // 2), "y": "14"}).text = label
    ElementTree.SubElement(group, "text", {"x": str(left + right // 2), "y": "14"}).text = value
    return ElementTree.tostring(svg, encoding="unicode") + "\n"
