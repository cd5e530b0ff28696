"""What a docstring says, in one form for every style. No parsing here."""

from __future__ import annotations

from dataclasses import field

from apispec.records import dataclass

STYLES = ("google", "numpy", "sphinx", "epytext", "markdown", "plain")
"""Every style that `parse` knows. `plain` has no sections at all."""


@dataclass(frozen=True, slots=True)
class DocParameter:
    """One documented parameter or attribute."""

    description: str = ""
    """Markdown."""
    type: str = ""
    """The type as the docstring writes it, without `optional` and default; empty = not given."""
    default: str = ""
    """The default as the docstring writes it; empty = not given."""


@dataclass(frozen=True, slots=True)
class DocReturn:
    """What is returned, or yielded."""

    description: str = ""
    """Markdown."""
    type: str = ""
    """As the docstring writes it; empty = not given."""


@dataclass(frozen=True, slots=True)
class DocRaise:
    """One documented exception."""

    type: str = ""
    """The exception's name as written, without markup; empty = not given."""
    description: str = ""
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Docstring:
    """A parsed docstring. Names are as written, without stars."""

    summary: str = ""
    """The first sentence or paragraph, one line of plain text (inline Markdown kept)."""
    description: str = ""
    """Markdown: everything that is not the summary and not one of the sections below; notes and examples included."""
    parameters: dict[str, DocParameter] = field(default_factory=dict)
    returns: DocReturn | None = None
    yields: DocReturn | None = None
    raises: list[DocRaise] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    """Each doctest block (`>>> …` with its output), as written."""
    deprecated: str | None = None
    """Set where the docstring deprecates; says since when and what instead, may be empty."""
    attributes: dict[str, DocParameter] = field(default_factory=dict)
    style: str = "plain"
    """One of `STYLES`."""
