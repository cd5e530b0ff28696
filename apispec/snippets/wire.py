"""Snippets as JSON for the page's script: parts as they are, and values with tags for what JSON has no notation for.

A slot is `[name, encoder, before, after, each]`, the beginning of a section `[section]`; a tagged value is
`{"": [kind, …]}`, read by `revive` in `templates/assets/script/encoders.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apispec.literals import BasicAuth, EnvText, HeaderText, LocalFile
from apispec.model import Json
from apispec.requests import FilePart
from apispec.snippets.parts import Begin, Part, Slot


def parts_json(parts: Sequence[Part]) -> list[Json]:
    """A snippet's parts."""
    return [_part_json(part) for part in parts]


def _part_json(part: Part) -> Json:
    if isinstance(part, Begin):
        return [part.section]
    return [part.name, part.encoder, part.before, part.after, part.each] if isinstance(part, Slot) else part


def value_json(value: Any) -> Json:
    """A value of a slot, or any JSON value."""
    if isinstance(value, EnvText):
        return {"": ["env", *(p if isinstance(p, str) else [p.name] for p in value.parts)]}
    if isinstance(value, BasicAuth):
        return {"": ["basic", value.user.name, value.password.name]}
    if isinstance(value, HeaderText):
        return {"": ["header", value.text]}
    if isinstance(value, LocalFile):
        return {"": ["file", value.filename, value.content, value.media_type, value.is_base64]}
    if isinstance(value, FilePart):
        return {"": ["part", value.name, value_json(value.file)]}
    if isinstance(value, (list, tuple)):
        return [value_json(item) for item in value]
    if isinstance(value, Mapping):
        if "" in value:
            return {"": ["object", [[key, value_json(item)] for key, item in value.items()]]}
        return {key: value_json(item) for key, item in value.items()}
    return value
