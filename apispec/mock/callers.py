"""Who may call a mock: pages of this computer, those of origins that were named, and whatever is no browser.

A description may be private, and so are its examples: no page that a browser happens to have open reads them, under a
name of its own (DNS rebinding) or across origins. Files and sandboxed frames are of the origin `null`, which any page
can make: they are let in by name only.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Scope

from apispec.server import LOCAL_NAMES, HostGuard, OriginGuard, cors, is_link
from apispec.urls import split_url

_LOCAL = re.compile(r"https?://(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?")
"""Origins of pages that this computer serves."""


def guarded(app: ASGIApp, origins: Collection[str], allowed_hosts: Collection[str] | None) -> ASGIApp:
    """The mock behind what says who may call.

    Args:
        app: What answers.
        origins: Origins besides those of this computer whose pages may call; `*` = any.
        allowed_hosts: Names under which it answers on a local address, besides its own; None = any.
    """
    app = cors(_PagesGuard(app, origins, is_link), origins, _LOCAL.pattern)
    return app if allowed_hosts is None else HostGuard(app, allowed_hosts)


class _PagesGuard(OriginGuard):
    """`OriginGuard` that knows the pages of this computer, whatever their port."""

    def _may_call(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if origins and all(_LOCAL.fullmatch(origin.strip().lower()) for origin in origins):
            return True
        own = headers.get("host", "")
        if not origins and headers.get("sec-fetch-site", "").strip().lower() == "same-site":
            return split_url(f"//{own}").hostname in LOCAL_NAMES
        return super()._may_call(scope)
