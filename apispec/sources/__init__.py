"""Where an Api comes from besides Python functions: one small module per kind of source, others through entry points.

A package adds a kind of source with the entry-point group `apispec.sources`; the object it names is a `Source`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.sources.asgi import routes as routes
    from apispec.sources.gradio import blocks_of as blocks_of
    from apispec.sources.gradio import refusals as refusals
    from apispec.sources.gradio import written_with_auth as written_with_auth
    from apispec.sources.registry import OpenApiSource as OpenApiSource
    from apispec.sources.registry import SourceOptions as SourceOptions
    from apispec.sources.registry import find_source as find_source
    from apispec.sources.registry import read_document as read_document
    from apispec.sources.registry import read_value as read_value
    from apispec.sources.registry import sources as sources
else:
    __all__, __getattr__ = exports(
        __name__,
        asgi="routes",
        gradio="blocks_of refusals written_with_auth",
        registry="OpenApiSource SourceOptions find_source read_document read_value sources",
        outside="",
    )
