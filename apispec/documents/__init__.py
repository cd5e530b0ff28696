"""Reading JSON and YAML documents with places: what is where, to line and column.

Here: decoding, parsing, positions, JSON Pointers, joining the files of a document, overlays. Not here: whether the
document is OpenAPI (`apispec.validation`) or good OpenAPI (`apispec.rules`), and what it means (`apispec.sources`).

Nothing in a document can hurt: time and memory are bounded by `Limits`, wrong syntax is a Finding with a place, and
files outside the project and remote references are read only when allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.documents.bundling import bundled as bundled
    from apispec.documents.bundling import is_bundled as is_bundled
    from apispec.documents.document import FILES_KEY as FILES_KEY
    from apispec.documents.document import Document as Document
    from apispec.documents.document import as_written as as_written
    from apispec.documents.document import from_data as from_data
    from apispec.documents.document import load as load
    from apispec.documents.files import anchors as anchors
    from apispec.documents.files import content as content
    from apispec.documents.grammar import COMPONENTS as COMPONENTS
    from apispec.documents.grammar import GRAMMAR as GRAMMAR
    from apispec.documents.grammar import LIST as LIST
    from apispec.documents.grammar import METHODS as METHODS
    from apispec.documents.grammar import ONE as ONE
    from apispec.documents.grammar import REFERABLE as REFERABLE
    from apispec.documents.inlining import Edits as Edits
    from apispec.documents.inlining import inlined as inlined
    from apispec.documents.inlining import misplaced as misplaced
    from apispec.documents.inlining import reached as reached
    from apispec.documents.inlining import target as target
    from apispec.documents.kinship import kin as kin
    from apispec.documents.limits import LIMITS as LIMITS
    from apispec.documents.limits import Limits as Limits
    from apispec.documents.overlays import overlaid as overlaid
    from apispec.documents.pointers import MISSING as MISSING
    from apispec.documents.pointers import escape as escape
    from apispec.documents.pointers import find as find
    from apispec.documents.pointers import join as join
    from apispec.documents.pointers import split as split
    from apispec.documents.pointers import step as step
    from apispec.documents.references import reference_texts as reference_texts
    from apispec.documents.references import sites as sites
else:
    __all__, __getattr__ = exports(
        __name__,
        bundling="bundled is_bundled",
        document="Document FILES_KEY as_written from_data load",
        files="anchors content",
        grammar="COMPONENTS GRAMMAR LIST METHODS ONE REFERABLE",
        kinship="kin",
        inlining="Edits inlined misplaced reached target",
        limits="LIMITS Limits",
        overlays="overlaid",
        pointers="MISSING escape find join split step",
        references="reference_texts sites",
        yaml_writer="",
    )
