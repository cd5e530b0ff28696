"""The two sides as they are compared: all that they refer to is known, or the comparison does not take place."""

from __future__ import annotations

from typing import Any

from apispec.documents import (
    FILES_KEY,
    MISSING,
    Document,
    Edits,
    anchors,
    as_written,
    find,
    inlined,
    join,
    reached,
    reference_texts,
)
from apispec.errors import DocumentError
from apispec.validation import version_of

_SHOWN = 20


def readable(side: Document) -> dict[str, Any]:
    """A document whose every reference leads somewhere, by pointer, and stands where OpenAPI knows one.

    Raises:
        DocumentError: It is no OpenAPI document, or a reference of it cannot be followed. What is not known cannot be
            compared, and must not pass as unchanged.
    """
    data = side.required()
    if version_of(data) is None:
        raise DocumentError("this is no OpenAPI document", where=side.file, hint="`apispec validate` says more")
    problems = [f"{f.location}: {f.message}" for f in side.unread]
    hints = [f.hint for f in side.unread if f.hint]
    data = inlined(data)
    unknown = {text for text in reference_texts(data) if _is_dangling(text, data)}
    if unknown:
        data = _named(data, unknown)
        found = (site for site in reached(data) if site.key == "$ref" and site.reference.startswith("#"))
        problems += [
            f"{side.locate(join(site.tokens))}: {as_written(site.reference)!r} leads nowhere"
            for site in found
            if _is_dangling(site.reference, data)
        ]
    if problems:
        count = f"{len(problems)} references" if len(problems) > 1 else "a reference"
        lines = problems[:_SHOWN] + ([f"and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else [])
        hint = hints[0] if hints else "mend it, or add what it leads to; `apispec validate` shows it in its place"
        raise DocumentError(
            f"{count} cannot be followed, so nothing was compared", where=side.file, hint=hint, details="\n".join(lines)
        )
    return data


def _is_dangling(reference: str, data: dict[str, Any]) -> bool:
    return reference != "#" and (not reference.startswith("#/") or find(data, reference) is MISSING)


def _named(data: dict[str, Any], unknown: set[str]) -> dict[str, Any]:
    """The document with references by plain name (`#pet`, of an `$anchor`) made references by pointer."""
    named = {
        f"#{name}": pointer for name, pointer in anchors({k: v for k, v in data.items() if k != FILES_KEY}).items()
    }
    if not named.keys() & unknown:
        return data
    edits = Edits(data)
    for site in list(reached(data)):
        if site.reference in named:
            edits.own(site.place)[site.key] = f"#{named[site.reference]}"
    return edits.document
