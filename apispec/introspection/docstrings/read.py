"""From the text of a docstring with sections to a `Docstring`. The only module here that imports griffe."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import griffe

from apispec.introspection.docstrings.doctests import blocks
from apispec.introspection.docstrings.fields import split_fields
from apispec.introspection.docstrings.items import parameter
from apispec.introspection.docstrings.markdown import inline, tidy
from apispec.introspection.docstrings.model import DocParameter, DocRaise, DocReturn, Docstring
from apispec.introspection.docstrings.sections import (
    Section,
    split_google,
    split_numpy,
    split_unheaded,
    strict_google,
    strict_numpy,
)
from apispec.introspection.docstrings.text import opening
from apispec.introspection.docstrings.type_texts import looks_like_type
from apispec.introspection.doctypes import is_type

_EPYTEXT = re.compile(r"\b(?P<mark>[BCILU])\{(?P<text>[^{}]*)\}")
_EPYTEXT_MARKS = {"B": "**", "C": "`", "I": "*", "L": "`", "U": ""}


def read(text: str, style: str, names: Collection[str]) -> Docstring:
    """Parse a docstring that has sections.

    Args:
        text: Without its common indentation.
        style: One of `model.STYLES`.
        names: The signature's parameter names where known, else empty.
    """
    if style == "epytext":
        text = _EPYTEXT.sub(_marked, text)
    lines = text.split("\n")
    found: list[tuple[str, Any]] = []
    deprecated: str | None = None
    if style in ("sphinx", "epytext"):
        lead, strict, yielded, deprecated = split_fields(lines)
        if strict:
            parsed = griffe.parse_sphinx(_docstring(strict), warnings=False)
            found = [(section.kind.value, section.value) for section in parsed]
        if yielded:
            found = [("yields" if kind == "returns" else kind, value) for kind, value in found]
    else:
        lead, sections = split_numpy(lines) if style == "numpy" else split_google(lines, names)
        for section in sections:
            if section.kind == "examples":
                lead += ["", "**Examples**", "", *section.lines]
            elif section.kind == "deprecated":
                version, *rest = (section.lines or [""]) if style == "numpy" else ["", *section.lines]
                since = f"Since {version}." if version else ""
                deprecated = inline(" ".join(" ".join([since, *rest]).split()))
            elif style == "numpy":
                parsed = griffe.parse_numpy(_docstring(strict_numpy(section)), warnings=False)
                found += [(section.kind, one.value) for one in parsed]
            else:
                found += [(section.kind, one.value) for one in _google(section)]
    if names:
        lead, unheaded = split_unheaded(lead, names)
        found += [(section.kind, one.value) for section in unheaded for one in _google(section)]
    summary, description, directive = opening(lead)
    doc = Docstring(
        summary=summary,
        description=description,
        examples=blocks(text),
        deprecated=directive if deprecated is None else deprecated,
        style=style,
    )
    return _with_sections(doc, found)


def _marked(match: re.Match[str]) -> str:
    """What Epytext marks, in Markdown: `U{the docs<https://example.org>}` is a link."""
    mark, text = match["mark"], match["text"]
    if mark in "LU" and (link := re.fullmatch(r"(?s)(.+?)\s*<([^<>\s]+)>", text)):
        return f"[{link[1]}]({link[2]})" if mark == "U" else f"`{link[1]}`"
    return f"{_EPYTEXT_MARKS[mark]}{text}{_EPYTEXT_MARKS[mark]}"


def _google(section: Section) -> list[Any]:
    return griffe.parse_google(
        _docstring(strict_google(section)), warnings=False, returns_multiple_items=False, returns_named_value=False
    )


_LIST = re.compile(r"(?:[-*+]|\d+[.)])\s")


def _docstring(lines: list[str]) -> griffe.Docstring:
    # griffe cleans docstrings as Python does: a first line's indentation says nothing about the others'.
    return griffe.Docstring("\n".join(["", *lines]))


def _with_sections(doc: Docstring, found: Iterable[tuple[str, Any]]) -> Docstring:
    for kind, items in found:
        if isinstance(items, str):  # what griffe takes for prose between the items
            doc = replace(doc, description="\n\n".join(filter(None, [doc.description, tidy(items)])))
        elif kind == "parameters":
            _add(doc.parameters, items)
        elif kind == "attributes":
            _add(doc.attributes, items)
        elif kind == "raises":
            doc.raises.extend(_raise(item) for item in items)
        elif kind in ("returns", "yields"):
            result = _result(items, ": " if doc.style in ("google", "markdown") else " ", named=doc.style == "numpy")
            doc = replace(doc, yields=result) if kind == "yields" else replace(doc, returns=result)
    return doc


def _add(into: dict[str, DocParameter], items: Iterable[Any]) -> None:
    for item in items:
        value = _text(item.value if hasattr(item, "value") else None)
        made = parameter(_text(item.annotation), tidy(item.description or ""), value)
        for name in re.split(r"\s+and\s+|[,/\s]+", item.name):
            plain = name.lstrip("*").rstrip(".")
            if plain and plain not in into:
                into[plain] = made


def _text(annotation: Any) -> str:
    return "" if annotation is None else str(annotation).strip()


def _raise(item: Any) -> DocRaise:
    kind = inline(_text(item.annotation)).replace("`", "")
    return DocRaise(
        type=kind.rpartition(".")[2] if "." in kind and " " not in kind else kind, description=tidy(item.description)
    )


def _hanging(text: str) -> str:
    """A text whose list below the first line is indented, as that line's own: else Markdown takes it for code."""
    first, _, rest = text.partition("\n")
    lower = textwrap.dedent(rest)
    listed = lower.lstrip("\n")
    return f"{first}\n\n{listed}" if _LIST.match(listed) else text


def _result(items: list[Any], colon: str, *, named: bool) -> DocReturn:
    """One result; several named ones (a tuple, as NumPy style writes it) as a list.

    Args:
        items: As griffe reads them.
        colon: What stood between type and description, for those that are no type.
        named: What stands behind a name on its line is a type, however it is written: `edges : ndarray of float`.
    """
    parts: list[tuple[str, str, str]] = []
    for item in items:
        kind, description = _text(item.annotation), tidy(_hanging(item.description or ""))
        name = getattr(item, "name", "") or ""
        if name and not kind and not description and not looks_like_type(name):
            name, description = "", name
        if not name and not kind and is_type(description):
            kind, description = description, ""
        plain = inline(kind).replace("`", "")
        if kind and not (named and name and description) and not looks_like_type(plain) and not is_type(plain):
            # Prose where a type could stand: `A dict with: this and that`.
            prose = f"{name} : {kind}" if name else kind
            if prose.count("(") == prose.count(")") + 1:  # which griffe takes for those around a type
                prose += ")"
            if _LIST.match(description):
                name, kind, description = "", "", f"{inline(prose)}{colon.rstrip()}\n\n{description}"
            else:
                between = ": " if named and description and not prose.endswith((".", ":", ";", ",")) else colon
                name, kind, description = "", "", inline(f"{prose}{between}{description}".removesuffix(between))
        parts.append((name, inline(kind).replace("`", ""), description))
    if len(parts) == 1:
        return DocReturn(description=parts[0][2], type=parts[0][1])
    if not any(kind for _, kind, _ in parts):
        return DocReturn(description=" ".join(text for _, _, text in parts if text))
    lines = []
    for name, kind, description in parts:
        head = " ".join(part for part in (f"`{name}`" if name else "", f"({kind})" if kind and name else kind) if part)
        lines.append("- " + ": ".join(part for part in (head, description.replace("\n", "\n  ")) if part))
    return DocReturn(description="\n".join(lines))
