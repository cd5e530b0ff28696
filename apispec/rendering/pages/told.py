"""What is said of one value beside its type: words, values, examples, links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from apispec.literals import json_text
from apispec.model import Default, Example, Parameter, Schema
from apispec.rendering.pages.descriptions import is_safe_link
from apispec.rendering.pages.text import one_line
from apispec.rendering.pages.views import FieldView, LinkView
from apispec.schemas import Schemas, closure, is_file_data, types, walk
from apispec.words import _

TOLD = 8
"""So many values of an enumeration `readable_type` names at most."""


def words_of(description: str, own: list[dict[str, Any]], inherited: Iterable[dict[str, Any]]) -> str:
    """The description that was given and those in place, each once; that of a component where there is none."""
    texts = [description, *(str(part["description"]) for part in own if is_text(part.get("description")))]
    texts = list(dict.fromkeys(text for text in texts if text.strip()))
    if not texts:
        return next((str(part["description"]) for part in inherited if is_text(part.get("description"))), "")
    return texts[0] if len(texts) == 1 else "\n\n".join(text.strip() for text in texts)


def is_new(title: str, name: str, words: str, kind: str) -> bool:
    """Whether a title says more than the name, as generators make it from that, and the description."""
    plain = re.sub(r"\W|_", "", title).lower()
    known = {re.sub(r"\W|_|^\[\d+\]", "", text).lower() for text in (name, kind)}
    return bool(plain) and plain not in known and title.strip().rstrip(".") not in words


def examples_of(schema: dict[str, Any]) -> list[Any]:
    """The examples that a schema gives, each once."""
    examples = schema.get("examples")
    found = list(examples) if isinstance(examples, list) else []
    return [*found, schema["example"]] if "example" in schema and schema["example"] not in found else found


def told_example(example: Example) -> tuple[str, str]:
    """An example as JSON text, and what is said of it."""
    words = one_line(": ".join(filter(None, (example.summary or example.name, example.description))))
    return json_text(example.value), words


def choices_of(parts: list[dict[str, Any]], own: list[dict[str, Any]]) -> tuple[str, ...]:
    """Every value that enumerations allow, as JSON text, less what the type tells: that of a few `own` ones."""
    found: list[str] = []
    for part in parts:
        values = part.get("enum")
        if isinstance(values, list) and not (len(values) <= TOLD and any(part is one for one in own)):
            found += [json_text(value) for value in values]
    return tuple(dict.fromkeys(found))


def named_choices(parts: list[dict[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """Values of an enumeration as JSON text, each with its name in programs and what is said of it: `x-enum-varnames`,
    `x-enumNames`, `x-enum-descriptions` (lists beside the values) and `x-enumDescriptions` (by value).
    """
    found: dict[str, tuple[str, str, str]] = {}
    for part in parts:
        values = part.get("enum")
        names = _beside(part, "x-enum-varnames", "x-enumNames", "x-enum-names")
        words = _beside(part, "x-enum-descriptions", "x-enumDescriptions")
        for number, value in enumerate(values if isinstance(values, list) and (names or words) else ()):
            text = json_text(value)
            told = [
                one_line(
                    str(
                        given.get(str(value), "") if isinstance(given, dict) else dict(enumerate(given)).get(number, "")
                    )
                )
                for given in (names, words)
            ]
            if any(told):
                found.setdefault(text, (text, told[0] if told[0] != str(value) else "", told[1]))
    return tuple(found.values())


def _beside(part: dict[str, Any], *names: str) -> dict[Any, Any] | list[Any]:
    return next((part[name] for name in names if isinstance(part.get(name), (dict, list))), [])


def docs_of(docs: Any) -> LinkView | None:
    """An External Documentation Object as a link; None for anything else."""
    if not isinstance(docs, dict) or not isinstance(docs.get("url"), str):
        return None
    words = docs.get("description")
    text = one_line(str(words)) if is_text(words) else docs["url"]
    return LinkView(text=text, href=docs["url"] if is_safe_link(docs["url"]) else "#")


def how_many(schema: dict[str, Any]) -> str:
    """How many items are to fit `contains`."""
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if least == most:
        return _("Contains {count} of", count=least)
    if most is None:
        return _("Contains at least {count} of", count=least)
    return _("Contains {low} to {high} of", low=least, high=most)


def how_it_travels(parameter: Parameter) -> tuple[str, ...]:
    """How a parameter's value is written, where it is not what readers expect."""
    style = parameter.style
    if parameter.media_type and parameter.location not in ("body", "file", "form"):
        return (_("as {form}", form=parameter.media_type),)
    joined = {"spaceDelimited": _("joined by spaces"), "pipeDelimited": _("joined by {mark}", mark="|")}.get(style, "")
    if style == "deepObject":
        return (_("as {form}", form=f"{parameter.name}[key]=value"),)
    if parameter.location in ("query", "cookie") and not joined and parameter.explode is False:
        joined = _("joined by commas") if not {"array", "object"}.isdisjoint(types(parameter.schema)) else ""
    return (joined,) if joined else ()


def in_clients(schema: Schema, schemas: Schemas, *, location: str = "body", gotten: bool = False) -> tuple[str, ...]:
    """What Gradio's clients take, or give, for a value with files, whose type on the wire is another.

    Args:
        schema: Of a parameter or of one output.
        schemas: Components.
        location: Of a parameter; `file` where it is one or several.
        gotten: Whether it is an output.
    """
    if gotten:
        if is_file_data(schema, schemas):
            return (_("a filepath in Python, a FileData with its url in JavaScript"),)
        return ()
    if location == "file":
        if types(schema) == ("array",):
            return (_("filepaths in Python (handle_file each), files in JavaScript (File or Blob)"),)
        return (_("a filepath in Python (handle_file), a file in JavaScript (File or Blob)"),)
    reached = [schema, *closure(schema, schemas).values()]
    if any(is_file_data(part, schemas) for one in reached for part in walk(one)):
        return (_("for each file handle_file(filepath) in Python, a File or Blob in JavaScript"),)
    return ()


def default_text(default: Default | None) -> str:
    """A default as JSON text, or as the source shows it; empty where there is none."""
    if default is None:
        return ""
    return json_text(default.value) if default.is_json else str(default.text)


def is_text(value: Any) -> bool:
    """Whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def tells(view: FieldView) -> bool:
    """Whether a view says what neither its type nor its constraints do."""
    return bool(
        view.plain_description or view.title or view.examples or view.default or view.choices or view.named_choices
        or view.deprecated or view.external_docs
    )  # fmt: skip


def says_more(view: FieldView) -> bool:
    """Whether a view says more than its type, what it holds aside."""
    return tells(view) or bool(view.constraints)


def replaced(view: FieldView, **changes: Any) -> FieldView:
    """The view with changes, and nothing printed of it yet."""
    values = {name: getattr(view, name) for name in FieldView.__slots__ if name != "printed"}
    return FieldView(**{**values, **changes})
