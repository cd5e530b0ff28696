"""Code that makes one call, in each language: a template and a table; values are slots, filled afterwards.

`templates/snippets/PROTOCOL/LANGUAGE.EXTENSION.jinja` is the registry: a file in a reader's own templates folder adds a
language everywhere. Its first line may be a comment `{# language: Ruby; lexer: ruby #}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.snippets.context import SnippetContext as SnippetContext
    from apispec.snippets.context import download_name as download_name
    from apispec.snippets.context import gradio_context as gradio_context
    from apispec.snippets.context import http_context as http_context
    from apispec.snippets.context import positional as positional
    from apispec.snippets.shaping import endings as endings
    from apispec.snippets.shaping import shapes as shapes
    from apispec.snippets.snippet import Language as Language
    from apispec.snippets.snippet import Snippet as Snippet
    from apispec.snippets.snippet import languages as languages
    from apispec.snippets.snippet import parts_of as parts_of
    from apispec.snippets.snippet import script as script
    from apispec.snippets.snippet import snippets as snippets
    from apispec.snippets.tables import literal as literal
    from apispec.snippets.tables import table as table
    from apispec.snippets.wire import parts_json as parts_json
    from apispec.snippets.wire import value_json as value_json
else:
    __all__, __getattr__ = exports(
        __name__,
        context="SnippetContext download_name gradio_context http_context positional",
        shaping="endings shapes",
        snippet="Language Snippet languages parts_of script snippets",
        tables="literal table",
        wire="parts_json value_json",
    )
