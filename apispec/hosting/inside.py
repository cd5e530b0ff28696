"""From an app object to the ASGI application that answers its requests in this process."""

from __future__ import annotations

import sys
import types
from typing import Any

from apispec.errors import TargetError
from apispec.introspection import apps

_INSIDE = frozenset({
    "ninja.main.NinjaAPI", "fastapi.applications.FastAPI", "litestar.app.Litestar",
    "starlette.applications.Starlette",
})  # fmt: skip
_URLS = "_apispec_urls"


def application(source: Any) -> Any:
    """The ASGI application (ASGI 3) of an app, or of the app that a module holds.

    Args:
        source: FastAPI, Starlette, Litestar, or the API of a Django Ninja project; a module with one of them.

    Raises:
        TargetError: It can't be run in this process.
    """
    app = apps.find(source)
    kind = apps.kind_of(app)
    if kind == "ninja.main.NinjaAPI":
        return _django(app)
    if kind == "fastapi.applications.FastAPI":
        root = _root_path(app)
        return Rooted(app, root) if root else app
    if kind in ("litestar.app.Litestar", "starlette.applications.Starlette"):
        return app
    raise TargetError(
        f"a {type(app).__name__} can't be run in this process", hint="--url names the address where it runs"
    )


def runs_inside(app: Any) -> bool:
    """Whether `application` knows what to do with an app."""
    return apps.kind_of(app) in _INSIDE


class Rooted:
    """An app that expects to be below a path (ASGI's `root_path`), as it is behind a proxy; without the path, too.

    Args:
        app: The application.
        root: The path, without a slash at its end.
    """

    def __init__(self, app: Any, root: str) -> None:
        self.app = app
        self.root = root

    @property
    def routes(self) -> Any:
        """The app's own."""
        return self.app.routes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on, the path below the root."""
        if scope["type"] != "lifespan":
            path, raw = scope["path"], scope.get("raw_path")
            scope = {**scope, "root_path": self.root}
            if path != self.root and not path.startswith(self.root + "/"):
                scope["path"] = self.root + path
                scope["raw_path"] = raw if raw is None else self.root.encode() + raw
        await self.app(scope, receive, send)


def _root_path(app: Any) -> str:
    """Where a FastAPI app says that it is: its `root_path`, or a server of its document that is a path alone."""
    servers = app.openapi().get("servers") or [{}]
    url = str(app.root_path or servers[0].get("url", "")).rstrip("/")
    return url if url.startswith("/") and not url.startswith("//") else ""


def _django(api: Any) -> Any:
    """Django's own application; where the settings name no URLs, one with this API at its root."""
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.urls import path

    if not getattr(settings, "ROOT_URLCONF", ""):
        urls: Any = types.ModuleType(_URLS)
        urls.urlpatterns = [path("", api.urls)]
        sys.modules[_URLS] = urls
        settings.ROOT_URLCONF = _URLS
    return get_asgi_application()
