"""What a tool's schema says in words, since clients take no keyword for it; and words of two places put together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

FORMATS = {
    "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
    "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
}  # fmt: skip
"""The formats of JSON Schema 2020-12; clients refuse others, or take them for a flaw."""
_SILENT = {"int32", "int64", "int16", "int8", "uint32", "uint64", "float", "double", "binary", "byte", "password"}
"""Formats that tell a model nothing about which value to write, or that another keyword says."""

_MOST = 200
"""Characters of a value that are told."""
_EXAMPLES = 3
"""So many examples of a property are told."""
_OWN = {"examples", "enum", "const", "default"}
"""Keywords that show a value already."""


def both(one: str, other: str) -> str:
    """Two descriptions of one thing, the nearer one first; one of them where it holds the other."""
    one, other = one.strip(), other.strip()
    if not one or not other or other in one:
        return one or other
    return other if one in other else f"{one}\n\n{other}"


def words_of(schema: dict[str, Any]) -> list[str]:
    """What of a schema is told in its description, a sentence each."""
    words = []
    kind, told, docs = schema.get("format"), schema.get("discriminator"), schema.get("externalDocs")
    if isinstance(kind, str) and kind and kind not in FORMATS | _SILENT:
        words.append(f"Format: {kind}.")
    if isinstance(told, dict) and isinstance(told.get("propertyName"), str):
        words.append(f"{told['propertyName']} tells which kind it is.")
    if isinstance(docs, dict) and isinstance(docs.get("url"), str):
        words.append(f"See {docs['url']}")
    return words


def with_words(out: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A tool's schema with what the schema that it was made of says besides."""
    words = words_of(schema)
    if words:
        description = out.get("description", "")
        out["description"] = " ".join([*([description.rstrip()] if description else []), *words])
    if "example" in schema and schema["example"] not in out.get("examples", ()):
        out["examples"] = [*out.get("examples", ()), schema["example"]]
    return out


def beside(inner: dict[str, Any], outer: dict[str, Any]) -> dict[str, Any]:
    """What is said where a schema is used, beside what it says itself; the former counts where only one can."""
    made = {**inner, **outer}
    if inner.get("description") and outer.get("description"):
        made["description"] = both(outer["description"], inner["description"])
    if isinstance(inner.get("examples"), list) and isinstance(outer.get("examples"), list):
        made["examples"] = together(outer["examples"], inner["examples"])
    return made


def together(first: Iterable[Any], more: Iterable[Any]) -> list[Any]:
    """Examples of two places, each once."""
    made = list(first)
    return made + [one for one in more if one not in made]


def wholes(given: list[Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The examples of an object as a whole: those given, then those that its schema gives."""
    own = schema.get("examples")
    found = [*given, *(own if isinstance(own, list) else ()), *([schema["example"]] if "example" in schema else ())]
    return [one for one in found if isinstance(one, dict)]


def with_examples(schema: dict[str, Any], name: str, examples: list[dict[str, Any]]) -> dict[str, Any]:
    """A property's schema with what it is in examples of the whole, where it has none of its own."""
    if not _OWN.isdisjoint(schema):
        return schema
    found = together([], [one[name] for one in examples if name in one])[:_EXAMPLES]
    brief = [one for one in found if len(json.dumps(one, ensure_ascii=False, default=str)) <= _MOST]
    return {**schema, "examples": brief} if brief else schema


def left_out(key: str, value: Any) -> str:
    """Words on a keyword that a tool does not have."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f"{key} {text if len(text) <= _MOST else text[:_MOST] + '…'} is left out"
