"""Outputs as text: the OpenAPI document, the tool listing, the pages. Nothing here touches the disk or prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.rendering.openapi import render_yaml as render_yaml
    from apispec.rendering.overlays import overlaid as overlaid
    from apispec.rendering.pages import Entry as Entry
    from apispec.rendering.pages import Mark as Mark
    from apispec.rendering.pages import Move as Move
    from apispec.rendering.pages import NavItem as NavItem
    from apispec.rendering.pages import Previous as Previous
    from apispec.rendering.pages import fields_of as fields_of
    from apispec.rendering.pages import marked as marked
    from apispec.rendering.portal_search import search_of_all as search_of_all
    from apispec.rendering.proof import Proof as Proof
    from apispec.rendering.proof import digest as digest
    from apispec.rendering.proof import key as key
    from apispec.rendering.proof import tool_digest as tool_digest
    from apispec.rendering.protocols import PREFIX as PREFIX
    from apispec.rendering.protocols import outputs as outputs
    from apispec.rendering.protocols import over_gradio as over_gradio
else:
    __all__, __getattr__ = exports(
        __name__,
        bundle="",
        llms="",
        openapi="openapi render_yaml",
        overlays="overlaid",
        pages="Entry Mark Move NavItem Previous fields_of marked pages",
        portal="",
        portal_search="search_of_all",
        proof="Proof digest key proof tool_digest",
        protocols="PREFIX outputs over_gradio",
        tools="",
    )
