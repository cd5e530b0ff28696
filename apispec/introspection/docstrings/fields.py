"""Sphinx and epytext docstrings: their fields, in the strict form that griffe's Sphinx parser reads."""

from __future__ import annotations

import re

from apispec.introspection.docstrings import style as styles
from apispec.introspection.docstrings.sections import indent_of
from apispec.introspection.docstrings.type_texts import exception_names

_CANONICAL = {
    **dict.fromkeys(("param", "parameter", "arg", "argument", "key", "keyword", "kwarg", "kwparam"), "param"),
    **dict.fromkeys(("return", "returns", "yield", "yields"), "returns"),
    **dict.fromkeys(("rtype", "ytype"), "rtype"),
    **dict.fromkeys(("raise", "raises", "except", "exception"), "raises"),
    **dict.fromkeys(("var", "ivar", "cvar"), "var"),
    **dict.fromkeys(("type", "kwtype"), "type"),
    "vartype": "vartype",
}

_NAME = r"[\\*`]*\w[\w.]*`?"
_TYPE_AND_NAMES = re.compile(rf"(?P<type>.*?)\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)")


def split_fields(lines: list[str]) -> tuple[list[str], list[str], bool, str | None]:
    """Take the fields out of a docstring.

    Returns:
        The other text, the fields in strict form, whether the result is yielded, and the deprecation if there is one.
    """
    lead: list[str] = []
    strict: list[str] = []
    yields = False
    deprecated: str | None = None
    said: set[str] = set()
    i = 0
    while i < len(lines):
        match = styles.FIELD.fullmatch(lines[i])
        if not match:
            lead.append(lines[i])
            i += 1
            continue
        indent = indent_of(lines[i])
        body, i = _body(lines, i + 1, indent)
        text = "\n".join([match["text"].strip(), *body]).strip()
        name, argument = match["field"], match["name"].strip()
        if name == "deprecated":
            deprecated = " ".join(text.split())
            continue
        field = _CANONICAL.get(name)
        if field is None:  # :meta private:
            continue
        yields |= name in ("yield", "yields", "ytype")
        said.add(f"{field} {argument}".strip())
        strict += _field(field, argument, text)
    for types, texts in (
        ("rtype", "returns"),
        ("type", "param"),
        ("vartype", "var"),
    ):  # a type alone says something too
        for field in sorted(said):
            kind, _, name = field.partition(" ")
            if kind == types and not any(other.split(" ")[0] == texts and other.endswith(name) for other in said):
                strict.append(f":{texts} {name}".rstrip() + ":")
    return lead, strict, yields, deprecated


def _body(lines: list[str], start: int, indent: int) -> tuple[list[str], int]:
    """The lines that continue a field: deeper ones, and those right below it that start no field."""
    end = start
    while end < len(lines):
        line = lines[end]
        if styles.FIELD.fullmatch(line):
            break
        if not line.strip():
            following = next((text for text in lines[end:] if text.strip()), "")
            if indent_of(following) <= indent:
                break
        end += 1
    return [line.strip() if indent_of(line) <= indent + 4 else line[indent + 4 :] for line in lines[start:end]], end


def _field(field: str, argument: str, text: str) -> list[str]:
    first, *rest = text.split("\n")
    body = ["    " + line if line else "" for line in rest]
    if field in ("returns", "rtype"):
        return [f":{field}: {first}".rstrip(), *body]
    if field == "raises":
        names = exception_names(argument) or [""]
        return [line for name in names for line in (f":raises {name}: {first}".rstrip(), *body)]
    match = _TYPE_AND_NAMES.fullmatch(argument)
    if not match:
        return []
    name = re.sub(r"[\s`\\]", "", match["names"])
    out = [f":{field} {name}: {first}".rstrip(), *body]
    if match["type"]:
        out.append(f":{'vartype' if field == 'var' else 'type'} {name}: {match['type']}")
    return out
