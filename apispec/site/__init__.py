"""Pages as a site: mkdocs-material, driven from here with a configuration made as data, in a folder of its own.

Takes any Markdown pages and gives `{path: content}`; what the pages say is decided in `rendering.pages`, and only
`output` writes where the user looks. The same pages give the same bytes: no dates, no temporary paths. No page asks
another place for anything: no fonts, no scripts, no counters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.site.building import build as build
    from apispec.site.building import render as render
    from apispec.site.mkdocs_build import preload as preload
    from apispec.site.options import SiteOptions as SiteOptions
else:
    __all__, __getattr__ = exports(
        __name__,
        building="build render",
        mkdocs_build="preload",
        options="SiteOptions",
    )
