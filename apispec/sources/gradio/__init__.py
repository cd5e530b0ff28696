"""Gradio apps (5.33 and 6, `gr.Server` among them) read as an Api.

Running and serving them is the work of `hosting` and `server`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.sources.gradio.app import describe as describe
    from apispec.sources.gradio.launch import refusals as refusals
    from apispec.sources.gradio.launch import written_with_auth as written_with_auth
    from apispec.sources.gradio.server import blocks_of as blocks_of
else:
    __all__, __getattr__ = exports(__name__, app="describe", launch="refusals written_with_auth", server="blocks_of")
