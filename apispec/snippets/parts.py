"""A snippet as plain parts and slots, and `fill`, which puts a call's values into the slots.

Parts are in sections, so that scripts of several calls can be made of them (`assemble`). The page's script does what
`fill` does with what the reader typed; it needs the parts, the encoders and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apispec.errors import TemplateError
from apispec.snippets.tables import UserDirs, encoder


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one value, or for each item of a list. Where there is no value nothing is printed."""

    name: str
    """Which value: see `context.http_values` and `context.gradio_values`."""
    encoder: str
    """How it is written: a language, or one of its encoders (`python`, `python-file`)."""
    before: str = ""
    after: str = ""
    each: bool = False
    """Whether `before`, item, `after` is printed for every item of a list (for every pair of a mapping)."""


SECTIONS = ("setup", "files", "connect", "call", "end")
"""What the sections of a snippet are for, in order; a snippet begins with its `setup`."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Where a section begins; prints nothing."""

    section: str
    """One of `SECTIONS`."""


Part = str | Slot | Begin


def fill(parts: Sequence[Part], values: Mapping[str, Any], user_dirs: UserDirs = ()) -> str:
    """The text of a snippet: literals of `values` in the slots, all else unchanged.

    Raises:
        TemplateError: An encoder cannot write the value that its slot asks for.
    """
    return "".join(fill_sections(parts, values, user_dirs).values())


def fill_sections(parts: Sequence[Part], values: Mapping[str, Any], user_dirs: UserDirs = ()) -> dict[str, str]:
    """The text of each section, by name, in the order of the snippet.

    Raises:
        TemplateError: An encoder cannot write the value that its slot asks for.
    """
    out = ""
    starts = {"setup": 0}
    for part in parts:
        if isinstance(part, str):
            out += part
            continue
        if isinstance(part, Begin):
            starts[part.section] = len(out)
            continue
        if part.name not in values:
            continue
        value = values[part.name]
        try:
            for item in _items(value) if part.each else [value]:
                out += part.before
                line = out[out.rfind("\n") + 1 :]
                indent = len(line) - len(line.lstrip(" "))
                out += encoder(part.encoder, user_dirs)(item, len(line), indent) + part.after
        except (TypeError, ValueError, AttributeError, LookupError) as error:
            message = f"the encoder {part.encoder!r} cannot write {part.name!r}: {error}"
            raise TemplateError(message, hint="see the encoders of our own languages") from error
    ends = [*list(starts.values())[1:], len(out)]
    return {name: out[start:end] for (name, start), end in zip(starts.items(), ends, strict=True)}


def _items(value: Any) -> list[Any]:
    return list(value.items()) if isinstance(value, Mapping) else list(value)
